/**
 * The confusion matrix as a table of buttons: rows are the true digits, columns what they were taken for. One stop for
 * the Tab key; arrow keys move inside, Enter or a click opens a cell.
 */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { CLASSES } from "./predictions.ts";

/** A true digit and what it was taken for. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

interface Props {
  readonly counts: readonly (readonly number[])[];
  readonly open: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}

const WORDS = {
  caption: {
    en: "Rows: the true digit. Columns: what the network took it for.",
    zh: "行：真实数字；列：网络的识别结果。",
  },
} as const satisfies Record<string, Text>;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};
const DIGITS = Array.from({ length: CLASSES }, (_, k) => k);

const inside = (k: number): number => Math.min(CLASSES - 1, Math.max(0, k));

export function ConfusionTable({ counts, open, onOpen }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const stop = useSignal<Cell>({ truth: 0, predicted: 0 });
  const most = Math.max(1, ...counts.flatMap((row, r) => row.filter((_, c) => c !== r)));
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const truth = inside(stop.value.truth + move[0]);
    const predicted = inside(stop.value.predicted + move[1]);
    stop.value = { truth, predicted };
    table.current?.querySelector<HTMLElement>(`[data-cell="${truth}-${predicted}"]`)?.focus();
  };
  return (
    <table ref={table} class="confusion">
      <caption class="quiet">{t(WORDS.caption)}</caption>
      <thead>
        <tr>
          <td />
          {DIGITS.map((k) => (
            <th key={k} scope="col">
              {k}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {counts.map((row, truth) => (
          <tr key={DIGITS[truth]}>
            <th scope="row">{truth}</th>
            {row.map((count, predicted) => (
              <td key={DIGITS[predicted]}>
                <button
                  type="button"
                  data-cell={`${truth}-${predicted}`}
                  class={truth === predicted ? "right" : "wrong"}
                  style={{ "--share": shareOf(count, truth === predicted, row, most) }}
                  tabIndex={stop.value.truth === truth && stop.value.predicted === predicted ? 0 : -1}
                  aria-pressed={open?.truth === truth && open.predicted === predicted}
                  aria-label={t(nameOf(truth, predicted, count))}
                  onClick={() => {
                    stop.value = { truth, predicted };
                    onOpen({ truth, predicted });
                  }}
                >
                  {count}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How strongly a cell is coloured: right ones by their share of the row, mistakes beside the most frequent one. */
function shareOf(count: number, isRight: boolean, row: readonly number[], most: number): number {
  const whole = isRight ? row.reduce((a, b) => a + b, 0) : most;
  return whole === 0 ? 0 : count / whole;
}

const nameOf = (truth: number, predicted: number, count: number): Text => ({
  en: `${truth} taken for ${predicted}: ${count}`,
  zh: `${truth} 识别为 ${predicted}：${count} 个`,
});
