/**
 * A matrix in brackets whose cells can be pointed at, walked through by arrow keys and chosen. A large one is shown as
 * an excerpt that moves along. On a worksheet its cells may be blank.
 */
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Variant } from "../../experiments/types.ts";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { active, choose, dependence, pointed } from "./model.ts";
import { written } from "./numbers.ts";
import type { SheetValue } from "./session.ts";

/** Rows and columns of an excerpt. */
const WINDOW = [12, 8] as const;
/** A matrix not much larger than the window is shown whole. */
const WHOLE = [16, 10] as const;

interface Props {
  readonly variant: Variant;
  readonly value: Pick<SheetValue, "label" | "shape" | "data" | "changed">;
  readonly decimals: number;
  /** Cells that differ from the other variant. */
  readonly different?: ReadonlySet<number> | undefined;
  /** Empty boxes instead of numbers. */
  readonly blank?: boolean;
  /** The cell that a check has found wrong. */
  readonly wrong?: number | undefined;
}

const MOVES: Readonly<Record<string, readonly [rows: number, cols: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-WINDOW[0], 0],
  PageDown: [WINDOW[0], 0],
};

const NONE: ReadonlySet<number> = new Set();
const within = (n: number, size: number): number => Math.min(Math.max(n, 0), size - 1);

export function Matrix({ variant, value, decimals, different = NONE, blank, wrong }: Props) {
  const { label, shape, data, changed } = value;
  const [rows, cols] = shape;
  const table = useRef<HTMLTableElement>(null);
  /** A cell on its way into the excerpt, to be focused. */
  const coming = useRef<readonly [number, number] | null>(null);
  const [cursor, setCursor] = useState<readonly [number, number]>([0, 0]);
  const [corner, setCorner] = useState<readonly [number, number]>([0, 0]);
  const excerpt = rows > WHOLE[0] || cols > WHOLE[1];
  const [high, wide] = excerpt ? [Math.min(rows, WINDOW[0]), Math.min(cols, WINDOW[1])] : shape;
  const [top, left] = excerpt ? corner : [0, 0];
  const at = active.value;
  const mine = at?.variant === variant && at.label === label ? at : null;
  const from = dependence.value;
  const used = (from?.variant === variant && from.from.get(label)) || NONE;
  const moved = new Set(changed);

  /** Brings a cell into the excerpt. */
  const reveal = (row: number, col: number): void =>
    setCorner(([r, c]) => [
      row < r ? row : row >= r + high ? row - high + 1 : r,
      col < c ? col : col >= c + wide ? col - wide + 1 : c,
    ]);
  // The cell that is looked at, or the first one it depends on, is in sight.
  const first = mine ? mine.row * cols + mine.col : used.size > 0 ? Math.min(...[...used].slice(0, 1)) : -1;
  useEffect(() => {
    if (excerpt && first >= 0) reveal(Math.floor(first / cols), first % cols);
  }, [first, excerpt, cols]);

  const cellOf = (target: EventTarget | null): readonly [number, number] | null => {
    const found = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
    const place = Number(found?.dataset.at ?? Number.NaN);
    return Number.isNaN(place) ? null : [Math.floor(place / cols), place % cols];
  };
  const point = (place: readonly [number, number] | null): void => {
    pointed.value = place && { variant, label, row: place[0], col: place[1] };
  };
  const inSight = ([r, c]: readonly [number, number]) =>
    r >= top && r < top + high && c >= left && c < left + wide;
  const moveTo = (row: number, col: number): void => {
    const next = [within(row, rows), within(col, cols)] as const;
    const focus = () =>
      table.current?.querySelector<HTMLElement>(`[data-at="${next[0] * cols + next[1]}"]`)?.focus();
    setCursor(next);
    if (excerpt) reveal(...next);
    if (!excerpt || inSight(next)) {
      focus();
      return;
    }
    // The excerpt is drawn at its new place first; keys pressed until then go on from there.
    coming.current = next;
    requestAnimationFrame(() => {
      coming.current = null;
      focus();
    });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTableElement>): void => {
    const place = coming.current ?? cellOf(event.target);
    if (!place) return;
    const move = MOVES[event.key];
    if (event.key === "Enter" || event.key === " ") {
      choose({ variant, label, row: place[0], col: place[1] });
      if (event.key === "Enter") requestAnimationFrame(() => document.getElementById("pencil-set")?.focus());
    } else if (event.key === "Home") moveTo(place[0], 0);
    else if (event.key === "End") moveTo(place[0], cols - 1);
    else if (event.key === "Escape") choose(null);
    else if (move) moveTo(place[0] + move[0], place[1] + move[1]);
    else return;
    event.preventDefault();
  };

  const range = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
  const stop = inSight(cursor) ? cursor : [top, left];
  return (
    <div class="matrix-box">
      <table
        ref={table}
        class="mx"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table walked through by arrow keys is a grid
        role="grid"
        aria-label={`${label}, ${rows} × ${cols}`}
        aria-rowcount={rows}
        aria-colcount={cols}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => point(cellOf(event.target))}
        onPointerLeave={() => point(null)}
        onFocusIn={(event) => {
          const place = cellOf(event.target);
          if (place) setCursor(place);
          point(place);
        }}
        onFocusOut={() => point(null)}
        onClick={(event) => {
          const place = cellOf(event.target);
          if (place) choose({ variant, label, row: place[0], col: place[1] });
        }}
      >
        <tbody>
          {range(top, high).map((r) => (
            <tr key={r} aria-rowindex={r + 1}>
              {range(left, wide).map((c) => {
                const place = r * cols + c;
                const isActive = mine?.row === r && mine.col === c;
                const classes = [
                  isActive && "active",
                  used.has(place) && "used",
                  moved.has(place) && "changed",
                  different.has(place) && "different",
                  blank && "blank",
                  wrong === place && "wrong",
                ].filter(Boolean);
                return (
                  <td
                    key={c}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
                    role="gridcell"
                    data-at={place}
                    tabIndex={r === stop[0] && c === stop[1] ? 0 : -1}
                    aria-colindex={c + 1}
                    aria-selected={isActive}
                    aria-label={blank ? `${label}[${r},${c}]` : undefined}
                    class={classes.join(" ")}
                  >
                    {blank ? "" : written(data[place]!, decimals)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {excerpt && (
        <p class="excerpt">
          <span>
            {t({
              en: `rows ${top}–${top + high - 1} of ${rows}, columns ${left}–${left + wide - 1} of ${cols}`,
              zh: `第 ${top}–${top + high - 1} 行（共 ${rows}），第 ${left}–${left + wide - 1} 列（共 ${cols}）`,
            })}
          </span>
          <Pager label={label} corner={[top, left]} size={[high, wide]} shape={shape} go={setCorner} />
        </p>
      )}
    </div>
  );
}

interface PagerProps {
  readonly label: string;
  readonly corner: readonly [number, number];
  readonly size: readonly [number, number];
  readonly shape: readonly [number, number];
  readonly go: (corner: readonly [number, number]) => void;
}

/** Moves an excerpt by a window. */
function Pager({ label, corner: [top, left], size: [high, wide], shape: [rows, cols], go }: PagerProps) {
  const to = (r: number, c: number) =>
    go([Math.min(Math.max(r, 0), rows - high), Math.min(Math.max(c, 0), cols - wide)]);
  return (
    <span class="pager">
      {rows > high && (
        <>
          <Button
            label={{ en: `${label}: rows before`, zh: `${label}：前面的行` }}
            icon="↑"
            kind="quiet"
            disabled={top === 0}
            onClick={() => to(top - high, left)}
          />
          <Button
            label={{ en: `${label}: rows after`, zh: `${label}：后面的行` }}
            icon="↓"
            kind="quiet"
            disabled={top >= rows - high}
            onClick={() => to(top + high, left)}
          />
        </>
      )}
      {cols > wide && (
        <>
          <Button
            label={{ en: `${label}: columns before`, zh: `${label}：前面的列` }}
            icon="←"
            kind="quiet"
            disabled={left === 0}
            onClick={() => to(top, left - wide)}
          />
          <Button
            label={{ en: `${label}: columns after`, zh: `${label}：后面的列` }}
            icon="→"
            kind="quiet"
            disabled={left >= cols - wide}
            onClick={() => to(top, left + wide)}
          />
        </>
      )}
    </span>
  );
}
