/** The sheet of paper: the values of a step by stage, one variant or two side by side, with the threads drawn over it. */
import type { TraceStage } from "papergrad/inspect";
import type { Variant } from "../../experiments/types.ts";
import { type Text, t } from "../language.ts";
import { Links } from "./links.tsx";
import { page, sheets } from "./model.ts";
import { variantsOf } from "./page.ts";
import type { SheetValue } from "./session.ts";
import { tutorial } from "./tutorial.ts";
import { ValueBlock } from "./value-block.tsx";

const STAGES: readonly { readonly id: TraceStage; readonly title: Text }[] = [
  { id: "data", title: { en: "Data", zh: "数据" } },
  { id: "parameter", title: { en: "Weights and settings", zh: "权重与设定" } },
  { id: "forward", title: { en: "Forward", zh: "前向计算" } },
  { id: "loss", title: { en: "Loss", zh: "损失" } },
  { id: "backward", title: { en: "Backward", zh: "反向传播" } },
  { id: "update", title: { en: "Update", zh: "更新" } },
];

export const VARIANT: Readonly<Record<Variant, Text>> = {
  published: { en: "as published", zh: "原文发布" },
  derived: { en: "as derived", zh: "正确推导" },
};

/** Words under the title of each kind of paper. */
const PAPER: Readonly<Record<"step" | "blanks" | "answers", (step: number) => Text>> = {
  step: (n) => ({ en: `Step ${n}`, zh: `第 ${n} 步` }),
  blanks: (n) => ({
    en: `Worksheet: step ${n}. Data and weights are given; compute the rest.`,
    zh: `练习：第 ${n} 步。已给出数据与权重，请算出其余各项。`,
  }),
  answers: (n) => ({ en: `Answer sheet: step ${n}`, zh: `答案：第 ${n} 步` }),
};

export function PaperSheet() {
  const { view, paper, step } = page.value;
  const variants = variantsOf(view).filter((v) => sheets.value[v]);
  const first = sheets.value[variants[0] ?? "derived"];
  if (!first) return <div class="sheet" />;
  const title = tutorial.value?.title;
  return (
    <div class={`sheet ${paper} ${variants.length > 1 ? "two" : ""}`}>
      <header class="sheet-head">
        <h2>{title ? t(title) : ""}</h2>
        <p>
          {t(PAPER[paper](first.step || step))}
          {variants.length === 1 && variants[0] && <> · {t(VARIANT[variants[0]])}</>}
        </p>
      </header>
      {variants.length > 1 && (
        <div class="pair heads">
          {variants.map((v) => (
            <h3 key={v}>{t(VARIANT[v])}</h3>
          ))}
        </div>
      )}
      {STAGES.map(({ id, title: name }) => (
        <Stage key={id} id={id} title={name} variants={variants} />
      ))}
      <Links />
    </div>
  );
}

interface StageProps {
  readonly id: TraceStage;
  readonly title: Text;
  readonly variants: readonly Variant[];
}

function Stage({ id, title, variants }: StageProps) {
  const rows = pairs(variants.map((v) => sheets.value[v]?.values ?? [])).filter(
    (row) => row.find((v) => v !== undefined)?.stage === id,
  );
  if (rows.length === 0) return null;
  const keyOf = (v: SheetValue) => `${page.value.program} ${page.value.step} ${v.label}`;
  return (
    <section class="stage" aria-label={t(title)}>
      <h3>{t(title)}</h3>
      {variants.length === 1 ? (
        <div class="flow">
          {rows.map(([v]) => v && <ValueBlock key={keyOf(v)} variant={variants[0]!} value={v} />)}
        </div>
      ) : (
        rows.map((row) => (
          <div class="pair" key={row.find((v) => v)?.label}>
            {row.map((v, i) => (
              <div key={variants[i]}>
                {v && <ValueBlock key={keyOf(v)} variant={variants[i]!} value={v} />}
              </div>
            ))}
          </div>
        ))
      )}
    </section>
  );
}

/** Values of the same label beside each other, in the order of the first list; what only a later one has, after it. */
function pairs(lists: readonly (readonly SheetValue[])[]): (SheetValue | undefined)[][] {
  const labels = new Set(lists.flatMap((values) => values.map((v) => v.label)));
  return [...labels].map((label) => lists.map((values) => values.find((v) => v.label === label)));
}
