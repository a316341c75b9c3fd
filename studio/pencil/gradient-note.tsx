/**
 * The numeric gradient beside an analytic one: a matrix of central differences where all entries were taken, and one
 * sentence. Where no value of the step holds the gradient itself, both matrices are shown.
 */
import type { GradientRow } from "papergrad/inspect";
import type { Variant } from "../../experiments/types.ts";
import { type Text, t } from "../language.ts";
import { rough, written } from "./numbers.ts";
import type { CheckedGradient, SheetValue } from "./session.ts";
import { tutorial } from "./tutorial.ts";

/** Above it a gradient counts as wrong: what differences themselves err by is far below. */
const TOLERANCE = 1e-6;
/** Larger matrices are summed up in the sentence alone. */
const MOST = [16, 10] as const;

interface Props {
  readonly checked: CheckedGradient;
  readonly value: SheetValue;
  readonly variant: Variant;
}

export function GradientNote({ checked, value, variant }: Props) {
  const { rows, entries, parameter, label } = checked;
  const smooth = rows.filter((r) => !r.kink);
  const worst = smooth.reduce((w, r) => Math.max(w, r.relativeError), 0);
  const right = smooth.length > 0 && worst <= TOLERANCE;
  const whole = rows.length === entries && value.shape[0] <= MOST[0] && value.shape[1] <= MOST[1];
  const held = label !== `${parameter}'`;
  return (
    <div class="gradient-note">
      {whole && !held && (
        <Plain
          title={{ en: `what the update follows`, zh: "更新所用的方向" }}
          rows={rows}
          value={value}
          of={(r) => r.analytic}
        />
      )}
      {whole && (
        <Plain
          title={{ en: `numeric gradient of ${parameter}`, zh: `${parameter} 的数值梯度` }}
          rows={rows}
          value={value}
          of={(r) => r.numeric}
        />
      )}
      <p class={right ? "verdict good" : "verdict bad"}>
        {t(verdict(right, worst, smooth.length, checked, variant))}
      </p>
    </div>
  );
}

function verdict(right: boolean, worst: number, count: number, c: CheckedGradient, variant: Variant): Text {
  const kinks = c.rows.length - count;
  const skipped: Text = {
    en: kinks > 0 ? `, ${kinks} at kinks not counted` : "",
    zh: kinks > 0 ? `，另有 ${kinks} 项在折点处不计` : "",
  };
  const errata = variant === "published" ? (tutorial.value?.gradientErrata ?? []) : [];
  const because: Text = {
    en: errata.length > 0 ? ` Erratum: ${errata.join(", ")}.` : "",
    zh: errata.length > 0 ? `勘误：${errata.join("、")}。` : "",
  };
  if (count === 0)
    return {
      en: `Every entry checked lies at a kink: nothing is proved.`,
      zh: "所检查的各项都在折点处，不能说明问题。",
    };
  return right
    ? {
        en: `✓ ${c.parameter}: agrees with central differences, largest relative error ${rough(worst)} (${count} of ${c.entries} entries${skipped.en}).`,
        zh: `✓ ${c.parameter}：与中心差商一致，最大相对误差 ${rough(worst)}（${c.entries} 项中的 ${count} 项${skipped.zh}）。`,
      }
    : {
        en: `✗ ${c.parameter}: differs from central differences, relative error up to ${rough(worst)}${skipped.en}.${because.en}`,
        zh: `✗ ${c.parameter}：与中心差商不一致，相对误差最大 ${rough(worst)}${skipped.zh}。${because.zh}`,
      };
}

interface PlainProps {
  readonly title: Text;
  readonly rows: readonly GradientRow[];
  readonly value: SheetValue;
  readonly of: (row: GradientRow) => number;
}

function Plain({ title, rows, value: { shape, decimals }, of }: PlainProps) {
  const [high, wide] = shape;
  const byPlace = new Map(rows.map((r) => [r.row * wide + r.col, r]));
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return (
    <table class="mx plain">
      <caption>{t(title)}</caption>
      <tbody>
        {range(high).map((r) => (
          <tr key={r}>
            {range(wide).map((c) => {
              const row = byPlace.get(r * wide + c);
              const off = row && !row.kink && row.relativeError > TOLERANCE;
              return (
                <td key={c} class={row?.kink ? "kink" : off ? "off" : ""}>
                  {row ? written(of(row), decimals + 1) : ""}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
