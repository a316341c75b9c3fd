/**
 * Lines over steps, drawn by uPlot: axes, a cross-hair shared by all plots of a group, logarithmic if asked, a mark at
 * the step that is shown, and a click that goes to a step. The legend says the values under the cross-hair; without one
 * it says those of the step that is shown.
 */
import { effect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type Language, language } from "../language.ts";
import { dark } from "../state/preferences.ts";
import { PALETTES, type Palette } from "./palette.ts";

/** One line. */
export interface Line {
  readonly name: string;
  readonly color: (colors: Palette) => string;
  readonly dash?: readonly number[];
  readonly width?: number;
  /** One value for each step of the plot; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** All lines of a plot over the same steps. */
export interface Lines {
  readonly steps: readonly number[];
  readonly lines: readonly Line[];
}

interface Props {
  readonly title: string;
  /** Read inside an effect: signals that it reads redraw the plot. */
  readonly read: () => Lines;
  /** The step that is shown. */
  readonly at: () => number;
  readonly log: () => boolean;
  /** Plots of the same group share their cross-hair. */
  readonly group: string;
  readonly height: number;
  readonly onPick: (step: number) => void;
  /** What the lines say now, for those who do not see them. */
  readonly said: string;
}

/** Milliseconds between two drawings while a run goes on: charts need not be faster than the eye reads. */
const REST_MS = 90;

export function LinePlot({ title, read, at, log, group, height, onPick, said }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ read, at, log, onPick });
  latest.current = { read, at, log, onPick };
  const sync = useMemo(() => uPlot.sync(group), [group]);
  useEffect(() => {
    let plot: uPlot | null = null;
    let shape = "";
    let drawnAt = 0;
    let timer = 0;
    const draw = () => {
      drawnAt = performance.now();
      const { steps, lines } = latest.current.read();
      const element = box.current;
      // The page has taken the plot away, and its effects are about to end.
      if (element === null) return;
      const colors = dark.value ? PALETTES.dark : PALETTES.light;
      const isLog = latest.current.log();
      const wanted = JSON.stringify([lines.map((l) => [l.name, l.dash]), colors.dark, isLog, language.value]);
      const data = [
        steps,
        ...lines.map(({ values }) => (isLog ? values.map(positive) : values)),
      ] as uPlot.AlignedData;
      if (plot && wanted === shape) {
        plot.setData(data);
        return;
      }
      plot?.destroy();
      shape = wanted;
      plot = new uPlot(
        options({
          lines,
          colors,
          isLog,
          width: element.clientWidth,
          height,
          key: sync.key,
          at: () => latest.current.at(),
          language: language.value,
        }),
        data,
        element,
      );
      const own = plot;
      own.over.addEventListener("click", () => {
        const { left } = own.cursor;
        if (left !== undefined && left >= 0)
          latest.current.onPick(Math.max(0, Math.round(own.posToVal(left, "x"))));
      });
    };
    const stop = effect(() => {
      // Everything a drawing reads is read here, so that a change of it is noticed while the drawing waits.
      latest.current.read();
      latest.current.at();
      latest.current.log();
      void [dark.value, language.value];
      clearTimeout(timer);
      const wait = REST_MS - (performance.now() - drawnAt);
      if (wait <= 0) draw();
      else timer = window.setTimeout(draw, wait);
    });
    const observer = new ResizeObserver(([entry]) => {
      const { width } = entry!.contentRect;
      if (plot && width > 0 && width !== plot.width) plot.setSize({ width, height });
    });
    observer.observe(box.current!);
    return () => {
      stop();
      clearTimeout(timer);
      observer.disconnect();
      plot?.destroy();
    };
  }, [sync, height]);
  return (
    <figure class="line-plot">
      <figcaption>{title}</figcaption>
      <div ref={box} role="img" aria-label={`${title}: ${said}`} />
    </figure>
  );
}

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);

interface Look {
  readonly lines: readonly Line[];
  readonly colors: Palette;
  readonly isLog: boolean;
  readonly width: number;
  readonly height: number;
  readonly key: string;
  readonly at: () => number;
  readonly language: Language;
}

function options({ lines, colors, isLog, width, height, key, at, language }: Look): uPlot.Options {
  const font = "11px system-ui, sans-serif";
  const axis = {
    stroke: colors.soft,
    font,
    grid: { stroke: colors.grid, width: 1 },
    ticks: { stroke: colors.grid, width: 1, size: 4 },
  };
  return {
    width,
    height,
    padding: [8, 16, 0, 0],
    cursor: { sync: { key }, drag: { x: false, y: false }, points: { size: 6 } },
    legend: { live: true },
    scales: {
      x: { time: false },
      y: isLog ? { distr: 3 } : { range: (_, low, high) => padded(low, high) },
    },
    series: [
      { label: language === "zh" ? "步" : "step", value: said(at, String) },
      ...lines.map(
        (line): uPlot.Series => ({
          label: line.name,
          stroke: line.color(colors),
          width: line.width ?? 1.75,
          spanGaps: true,
          points: { show: false },
          ...(line.dash && { dash: [...line.dash] }),
          value: said(at, (v) => v.toPrecision(3)),
        }),
      ),
    ],
    axes: [
      { ...axis, size: 26, gap: 2 },
      { ...axis, size: 46, gap: 3, values: (_, ticks) => ticks.map((v) => (v === null ? "" : tick(v))) },
    ],
    hooks: {
      draw: [
        (plot) => {
          const left = plot.valToPos(at(), "x", true);
          const { left: from, top, width: wide, height: high } = plot.bbox;
          if (left < from || left > from + wide) return;
          plot.ctx.save();
          plot.ctx.strokeStyle = colors.ink;
          plot.ctx.globalAlpha = 0.55;
          plot.ctx.lineWidth = devicePixelRatio;
          plot.ctx.beginPath();
          plot.ctx.moveTo(left, top);
          plot.ctx.lineTo(left, top + high);
          plot.ctx.stroke();
          plot.ctx.restore();
        },
      ],
    },
  };
}

/** What the legend says of a line: its value under the cross-hair or, without one, at the step that is shown. */
const said =
  (at: () => number, text: (value: number) => string): uPlot.Series.Value =>
  (plot, _, line, hovered) => {
    const value = plot.data[line]?.[hovered ?? placeOf(plot, at())];
    return value === null || value === undefined ? "–" : text(value);
  };

/** The place of a step among those of the plot: where the first line, which is of the run itself, has a value. */
function placeOf(plot: uPlot, step: number): number {
  let place = plot.valToIdx(step);
  while (place > 0 && (plot.data[1]?.[place] ?? null) === null) place--;
  return place;
}

function padded(low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null) return [0, 1];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 0.1;
  return [Math.max(low >= 0 ? 0 : Number.NEGATIVE_INFINITY, low - room), high + room];
}

const tick = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)
    ? value.toExponential(0).replace("e-", "e−").replace("e+", "e")
    : String(Number(value.toPrecision(4))).replace("-", "−");
