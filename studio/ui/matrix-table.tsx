/** A matrix as a table: numbers in line, a name for screen readers, rows and columns named where they have names. */
import type { ComponentChildren } from "preact";

interface Props {
  readonly name: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly data: ArrayLike<number>;
  readonly rowNames?: readonly string[];
  readonly columnNames?: readonly string[];
  /** How a number is written; default four decimals. */
  readonly show?: (value: number) => string;
  /** What stands in a cell instead of its number alone. */
  readonly cell?: (row: number, column: number, text: string) => ComponentChildren;
}

const fourDecimals = (value: number): string => value.toFixed(4).replace("-", "−");

export function MatrixTable({
  name,
  shape: [rows, columns],
  data,
  rowNames,
  columnNames,
  show = fourDecimals,
  cell,
}: Props) {
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide matrix is scrolled by the arrow keys
    <section class="scroll" aria-label={name} tabIndex={0}>
      <table class="matrix">
        <caption>
          {name} <small>{`${rows} × ${columns}`}</small>
        </caption>
        {columnNames && (
          <thead>
            <tr>
              {rowNames && <td />}
              {columnNames.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {range(rows).map((r) => (
            <tr key={r}>
              {rowNames && <th scope="row">{rowNames[r]}</th>}
              {range(columns).map((c) => {
                const text = show(data[r * columns + c]!);
                return <td key={c}>{cell ? cell(r, c, text) : text}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
