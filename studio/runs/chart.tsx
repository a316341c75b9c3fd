/**
 * Kept runs over each other: a line for each group, in a band from the lowest to the highest run where there are
 * several. A cursor reads the values at a step. Dashes tell the lines apart without colour.
 */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Text, t } from "../language.ts";
import type { Line } from "./groups.ts";
import { placeAt } from "./groups.ts";
import { type Scale, scaleOf, shortNumber } from "./scale.ts";

export interface ShownLine extends Line {
  readonly name: string;
  /** Place in the series colours, and of its dashes. */
  readonly index: number;
}

interface Props {
  readonly lines: readonly ShownLine[];
  readonly metric: Text;
  readonly log: boolean;
  /** Step of the cursor. */
  readonly cursor: number;
  readonly onCursor: (step: number) => void;
  /** Given the drawing, for exports. */
  readonly svg: RefObject<SVGSVGElement | null>;
}

const HEIGHT = 320;
const MARGIN = { left: 58, right: 14, top: 12, bottom: 40 };

export const DASHES = ["", "7 4", "2 3", "10 3 2 3", "4 4"] as const;

/** Width of an element, kept as it changes. */
function useWidth(ref: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry!.contentRect.width)));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

export function RunChart({ lines, metric, log, cursor, onCursor, svg }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 640);
  const x = scaleOf(
    0,
    Math.max(1, ...lines.map((l) => l.steps.at(-1) ?? 0)),
    MARGIN.left,
    width - MARGIN.right,
  );
  const [low, high] = rangeOf(lines, log);
  const y = scaleOf(low, high, HEIGHT - MARGIN.bottom, MARGIN.top, log);
  const name = t({
    en: `${metric.en} over steps: ${lines.map((l) => l.name).join("; ")}`,
    zh: `${metric.zh}随步数的变化：${lines.map((l) => l.name).join("；")}`,
  });
  return (
    <div ref={box} class="run-chart">
      <svg
        ref={svg}
        role="img"
        aria-label={name}
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        onPointerMove={(event) => {
          const place = event.clientX - event.currentTarget.getBoundingClientRect().left;
          onCursor(Math.max(0, Math.round(x.from(place))));
        }}
      >
        <Axes x={x} y={y} width={width} metric={t(metric)} />
        {lines.map((line) => (
          <Curve key={line.index} line={line} x={x} y={y} />
        ))}
        <Cursor lines={lines} step={cursor} x={x} y={y} />
      </svg>
    </div>
  );
}

/** Lowest and highest drawable value, with a little air. */
function rangeOf(lines: readonly ShownLine[], log: boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of lines)
    for (const values of [line.low, line.high])
      for (const v of values) {
        if (!Number.isFinite(v) || (log && v <= 0)) continue;
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) return [low, high];
  const air = 0.04 * (high - low || 1);
  return [low >= 0 && low < 0.3 * high ? 0 : low - air, high + air];
}

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

function Axes({ x, y, width, metric }: Scales & { readonly width: number; readonly metric: string }) {
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    <g class="axes">
      {y.ticks.map((v) => (
        <g key={v}>
          <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y.at(v)} y2={y.at(v)} />
          <text x={MARGIN.left - 8} y={y.at(v) + 4} text-anchor="end">
            {shortNumber(v)}
          </text>
        </g>
      ))}
      {x.ticks.map((v) => (
        <text key={v} x={x.at(v)} y={bottom + 18} text-anchor="middle">
          {shortNumber(v)}
        </text>
      ))}
      <line class="axis" x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom} y2={bottom} />
      <text class="name" x={width - MARGIN.right} y={HEIGHT - 6} text-anchor="end">
        {t({ en: "step", zh: "步" })}
      </text>
      <text class="name" x={MARGIN.left + 6} y={MARGIN.top + 8}>
        {metric}
      </text>
    </g>
  );
}

const color = (index: number): string => `var(--s${index % 10})`;

function Curve({ line, x, y }: Scales & { readonly line: ShownLine }) {
  const path = (values: readonly number[]) => {
    let text = "";
    let drawing = false;
    for (const [i, v] of values.entries()) {
      const place = y.at(v);
      text += Number.isFinite(place)
        ? `${drawing ? "L" : "M"}${x.at(line.steps[i]!).toFixed(1)} ${place.toFixed(1)}`
        : "";
      drawing = Number.isFinite(place);
    }
    return text;
  };
  const band = line.low.some((v, i) => v !== line.high[i]);
  const edge = (values: readonly number[]) =>
    values.flatMap((v, i) =>
      Number.isFinite(y.at(v)) ? [`${x.at(line.steps[i]!).toFixed(1)} ${y.at(v).toFixed(1)}`] : [],
    );
  return (
    <g>
      {band && (
        <polygon
          class="band"
          fill={color(line.index)}
          points={[...edge(line.high), ...edge(line.low).reverse()].join(" ")}
        />
      )}
      <path
        class="curve"
        stroke={color(line.index)}
        stroke-dasharray={DASHES[line.index % DASHES.length]}
        d={path(line.middle)}
      />
    </g>
  );
}

function Cursor({
  lines,
  step,
  x,
  y,
}: Scales & { readonly lines: readonly ShownLine[]; readonly step: number }) {
  const place = x.at(step);
  if (!Number.isFinite(place)) return null;
  return (
    <g class="cursor">
      <line x1={place} x2={place} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
      {lines.map((line) => {
        const at = placeAt(line.steps, step);
        const v = y.at(line.middle[at] ?? Number.NaN);
        return Number.isFinite(v) ? (
          <circle key={line.index} cx={x.at(line.steps[at]!)} cy={v} r={4} fill={color(line.index)} />
        ) : null;
      })}
    </g>
  );
}
