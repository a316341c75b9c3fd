/**
 * The cell that is looked at: its number, what computes it in symbols and with the numbers put in, what it depends on,
 * the numeric gradient, a field to set it, and the source.
 */

import { symbol } from "papergrad/inspect";
import type { ComponentChildren } from "preact";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Formula } from "../ui/formula.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { LinkedFormula } from "./linked-formula.tsx";
import {
  active,
  cell,
  chooseValue,
  edit,
  editOf,
  findValue,
  gradients,
  sheets,
  spoken,
  undo,
} from "./model.ts";
import { exact, rough } from "./numbers.ts";
import type { CellName } from "./page.ts";
import type { SheetValue } from "./session.ts";
import { SourceText } from "./source-text.tsx";

const LIMIT = 1e6;

export function Card() {
  const at = active.value;
  const value = at && findValue(at.variant, at.label);
  if (!at || !value || at.row >= value.shape[0] || at.col >= value.shape[1]) return <Invitation />;
  const number = value.data[at.row * value.shape[1] + at.col]!;
  const opened = cell.value;
  const isOpen = opened?.label === at.label && opened.row === at.row && opened.col === at.col;
  const single = value.shape[0] === 1 && value.shape[1] === 1;
  const name = `${symbol(at.label)}${single ? "" : `[${at.row},${at.col}]`}`;
  const computed = value.from.length > 0;
  const labels = [at.label, ...value.from];
  return (
    <div class="stack">
      <h2 class="card-title">
        <Formula latex={name} />
        <span class="card-number"> = {exact(number)}</span>
      </h2>
      {computed && (
        <Part title={t({ en: "Formula", zh: "公式" })}>
          <LinkedFormula latex={value.formula} variant={at.variant} labels={labels} />
        </Part>
      )}
      {computed && isOpen && (
        <>
          <Part title={t({ en: "This cell", zh: "这一格" })}>
            <LinkedFormula latex={`${name} = ${opened.symbols}`} variant={at.variant} labels={labels} />
          </Part>
          <Part title={t({ en: "With the numbers put in", zh: "代入数值" })}>
            <LinkedFormula latex={`= ${opened.numbers}`} variant={at.variant} labels={[]} />
            <p class="card-result">= {exact(number)}</p>
          </Part>
        </>
      )}
      <Neighbours at={at} value={value} />
      <NumericGradient at={at} />
      {value.writable && <SetNumber at={at} number={number} />}
      <SourceText variant={at.variant} value={value} />
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Invitation() {
  return (
    <div class="stack quiet">
      <p>
        {t({
          en: "Point at a number, or walk through a matrix with the arrow keys: here stands how it was computed, from which other numbers, and by which line of papergrad.",
          zh: "把指针移到某个数上，或用方向键在矩阵里移动：这里会写出它是怎样算出来的、用到了哪些数，以及由 papergrad 的哪一行代码计算。",
        })}
      </p>
      <p>
        {t({
          en: "Click or press Enter to keep a cell. Data, weights and settings can be set to other numbers; what changes is marked at once.",
          zh: "单击或按回车可以固定一格。数据、权重和设定都可以改成别的数，受影响的格子会立刻标出。",
        })}
      </p>
    </div>
  );
}

/** What the value depends on, and what depends on it. */
function Neighbours({ at, value }: { readonly at: CellName; readonly value: SheetValue }) {
  const users = sheets.value[at.variant]?.values.filter((v) => v.from.includes(at.label)) ?? [];
  const counted = new Map(
    cell.value?.label === at.label ? cell.value.from.map((f) => [f.label, f.cells.length]) : [],
  );
  return (
    <>
      {value.from.length > 0 && (
        <Part title={t({ en: "Depends on", zh: "依赖于" })}>
          <Chips at={at} labels={value.from} note={(label) => counted.get(label)} />
        </Part>
      )}
      {users.length > 0 && (
        <Part title={t({ en: "Used by", zh: "用于" })}>
          <Chips at={at} labels={users.map((v) => v.label)} />
        </Part>
      )}
    </>
  );
}

interface ChipsProps {
  readonly at: CellName;
  readonly labels: readonly string[];
  /** Cells of it that count. */
  readonly note?: (label: string) => number | undefined;
}

function Chips({ at, labels, note }: ChipsProps) {
  return (
    <p class="chips">
      {labels.map((label) => (
        <button
          key={label}
          type="button"
          class="chip"
          onMouseEnter={() => {
            spoken.value = label;
          }}
          onMouseLeave={() => {
            spoken.value = null;
          }}
          onFocus={() => {
            spoken.value = label;
          }}
          onBlur={() => {
            spoken.value = null;
          }}
          onClick={() => chooseValue(at.variant, label)}
        >
          {label}
          {note?.(label) !== undefined && <small> {note(label)}</small>}
        </button>
      ))}
    </p>
  );
}

function NumericGradient({ at }: { readonly at: CellName }) {
  const held = gradients.value[at.variant]?.find((c) => c.label === at.label);
  const row = held?.rows.find((r) => r.row === at.row && r.col === at.col);
  if (!held || !row) return null;
  return (
    <Part title={t({ en: `Gradient of ${held.parameter}`, zh: `${held.parameter} 的梯度` })}>
      <dl class="numbers">
        <dt>{t({ en: "analytic", zh: "解析" })}</dt>
        <dd>{exact(row.analytic)}</dd>
        <dt>{t({ en: "numeric", zh: "数值" })}</dt>
        <dd>{exact(row.numeric)}</dd>
        <dt>{t({ en: "relative error", zh: "相对误差" })}</dt>
        <dd>{rough(row.relativeError)}</dd>
      </dl>
      {row.kink && (
        <p class="quiet">
          {t({
            en: "There is a kink close by, so the difference proves nothing here.",
            zh: "附近有折点，差商在这里不能说明问题。",
          })}
        </p>
      )}
    </Part>
  );
}

function SetNumber({ at, number }: { readonly at: CellName; readonly number: number }) {
  const made = editOf(at);
  return (
    <div class="row set-number" id="pencil-set-box">
      <NumberField
        id="pencil-set"
        label={{ en: "Set this number to", zh: "把这个数改为" }}
        value={number}
        min={-LIMIT}
        max={LIMIT}
        step={0.1}
        onChange={(value) => edit(at, value)}
      />
      {made && (
        <Button
          label={{ en: "Undo", zh: "撤销" }}
          onClick={() => {
            undo(made);
          }}
        />
      )}
    </div>
  );
}
