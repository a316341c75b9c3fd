/**
 * Lines over steps, with axes: uPlot in a box as wide as its place. What it draws it is given; it computes nothing.
 *
 * Colours are those of the page's palette, also after the page has turned dark. For screen readers the picture has a
 * name that says what is to be seen.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./curves.css";
import { PALETTES, type Palette } from "../draw/palette.ts";
import { language, type Text, t } from "../language.ts";
import { dark } from "../state/preferences.ts";
import { Button } from "./button.tsx";
import { exportPicture } from "./picture.ts";

/** One line. */
export interface Line {
  readonly label: Text;
  readonly colour: (palette: Palette) => string;
  /** One value for each x; gaps (null) are bridged. */
  readonly values: readonly (number | null)[];
  /** Default "left". */
  readonly axis?: "left" | "right";
  /** In pixels; default 2. */
  readonly width?: number;
  /** Marks each value. */
  readonly points?: boolean;
}

export interface CurvesProps {
  readonly label: Text;
  readonly xLabel: Text;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  readonly left: Text;
  readonly right?: Text;
  /** The left axis by factors. */
  readonly log?: boolean;
  /** The right axis, if it is fixed. */
  readonly rightRange?: readonly [number, number];
  /** In pixels; default 220. */
  readonly height?: number;
}

export function Curves(props: CurvesProps) {
  const { label, x, lines, height = 220 } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = dark.value ? "dark" : "light";
  const shape = JSON.stringify([theme, language.value, props.log, lines.map((line) => line.label.en)]);
  const data: uPlot.AlignedData = [[...x], ...lines.map((line) => [...line.values])];
  useLayoutEffect(() => {
    const box = place.current!;
    const made = new uPlot(
      { ...optionsOf(props, PALETTES[theme]), width: box.clientWidth, height },
      data,
      box,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height }));
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape, height]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [x, lines]);
  return (
    <figure class="curves">
      <div ref={place} role="img" aria-label={t(label)} style={{ height: `${height}px` }} />
      <figcaption>
        {lines.map((line) => (
          <span key={line.label.en}>
            <i style={{ background: line.colour(PALETTES[theme]) }} />
            {t(line.label)}
          </span>
        ))}
        <Button
          kind="quiet"
          label={{ en: "Save as PNG", zh: "保存为 PNG" }}
          icon="⤓"
          onClick={() =>
            void exportPicture(place.current!.querySelector("canvas")!, "papergrad-curves", "png")
          }
        />
      </figcaption>
    </figure>
  );
}

/** Short for any size; of an axis by factors uPlot names some ticks only. */
const tickText = (tick: number | null): string | null => {
  if (tick === null) return null;
  const size = Math.abs(tick);
  const text = size > 0 && (size < 0.001 || size >= 1e5) ? tick.toExponential() : Number(tick.toPrecision(6));
  return String(text).replaceAll("-", "−");
};

function optionsOf(
  { xLabel, lines, left, right, log, rightRange }: CurvesProps,
  colors: Palette,
): Omit<uPlot.Options, "width" | "height"> {
  const axis: uPlot.Axis = {
    stroke: colors.soft,
    grid: { stroke: colors.grid, width: 1 },
    ticks: { stroke: colors.grid, width: 1 },
    font: "12px system-ui",
    labelFont: "12px system-ui",
    labelSize: 18,
  };
  const rightAxis: uPlot.Axis = { ...axis, scale: "right", side: 1, size: 44, grid: { show: false } };
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: false },
      left: log ? { distr: 3 } : {},
      ...(rightRange && { right: { range: [rightRange[0], rightRange[1]] } }),
    },
    axes: [
      { ...axis, label: t(xLabel), size: 30 },
      { ...axis, scale: "left", label: t(left), size: 54, values: (_, ticks) => ticks.map(tickText) },
      ...(right ? [{ ...rightAxis, label: t(right) }] : []),
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: t(line.label),
        scale: line.axis ?? "left",
        stroke: line.colour(colors),
        width: line.width ?? 2,
        spanGaps: true,
        points: { show: line.points ?? false, size: 6, fill: line.colour(colors) },
      })),
    ],
  };
}
