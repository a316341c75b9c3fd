/**
 * The pad: draw with mouse, finger or pen, or with the arrow keys. Points are collected here and become ink at once; a
 * stroke is handed on as it grows and when the pen is lifted.
 *
 * Keys: arrows move the pen (with Shift by little), Space puts it down and lifts it, Backspace takes the last stroke
 * back, Delete clears.
 */
import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { fitCanvas } from "../draw/canvas.ts";
import { PALETTES } from "../draw/palette.ts";
import { type Text, t } from "../language.ts";
import { dark } from "../state/preferences.ts";
import { SIDE } from "./centre.ts";
import { PixelPicture } from "./pixel-picture.tsx";
import { type PenPoint, penPoint, penRadius, type Stroke } from "./strokes.ts";

interface Props {
  readonly strokes: readonly Stroke[];
  /** Shown in place of strokes: a test picture. */
  readonly picture: Uint8Array | null;
  /** All strokes with the growing one; `done` when it has ended. */
  readonly onDraw: (strokes: readonly Stroke[], done: boolean) => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

const WORDS = {
  name: { en: "Drawing pad", zh: "绘图板" },
  keys: {
    en: "Draw with mouse, finger or pen. Keyboard: arrows move the pen, Space puts it down or lifts it, Backspace takes back, Delete clears.",
    zh: "用鼠标、手指或触控笔书写。键盘：方向键移动笔，空格键落笔或提笔，退格键撤销，Delete 键清空。",
  },
} as const satisfies Record<string, Text>;

/** CSS pixels on a side of the drawing; the style makes it as wide as its place. */
const SIZE = 280;
/** Points closer together than this, in pads, add nothing. */
const CLOSE = 1 / 200;
/** A key moves the pen by so much. */
const KEY_STEP = 1 / 20;
const SMALL_STEP = 1 / 100;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const far = (a: PenPoint, b: PenPoint): boolean => Math.hypot(a.x - b.x, a.y - b.y) >= CLOSE;

export function Pad({ strokes, picture, onDraw, onUndo, onClear }: Props) {
  const hint = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  /** The stroke that grows, and what stood before it; null while the pen is up. */
  const growing = useRef<{ readonly before: readonly Stroke[]; points: PenPoint[] } | null>(null);
  /** Where the keys have moved the pen; null until they are used. */
  const keyPen = useSignal<PenPoint | null>(null);
  const colors = PALETTES[dark.value ? "dark" : "light"];

  useLayoutEffect(() => {
    const context = fitCanvas(canvas.current!, SIZE, SIZE);
    drawStrokes(context, strokes, colors.ink);
    if (keyPen.value) drawPen(context, keyPen.value, growing.current !== null, colors.positive);
  }, [strokes, colors, keyPen.value]);

  const start = (point: PenPoint) => {
    growing.current = { before: picture ? [] : strokes, points: [point] };
    onDraw([...growing.current.before, [point]], false);
  };
  const extend = (points: readonly PenPoint[]) => {
    const stroke = growing.current;
    if (stroke === null) return;
    for (const point of points) if (far(point, stroke.points.at(-1)!)) stroke.points.push(point);
    onDraw([...stroke.before, [...stroke.points]], false);
  };
  const end = () => {
    const stroke = growing.current;
    growing.current = null;
    if (stroke) onDraw([...stroke.before, stroke.points], true);
  };
  const placeOf = (event: PointerEvent): PenPoint => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    // A mouse has no pressure to speak of: the events say 0.5 for it.
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    return penPoint((event.clientX - left) / width, (event.clientY - top) / height, pressure);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    const pen = keyPen.value ?? penPoint(0.5, 0.5, 0.5);
    if (arrow) {
      const by = event.shiftKey ? SMALL_STEP : KEY_STEP;
      const next = penPoint(pen.x + arrow[0] * by, pen.y + arrow[1] * by, 0.5);
      keyPen.value = next;
      extend([next]);
    } else if (event.key === " ") {
      if (growing.current) end();
      else start(pen);
      keyPen.value = { ...pen };
    } else if (event.key === "Backspace") onUndo();
    else if (event.key === "Delete") onClear();
    else return;
    event.preventDefault();
  };

  return (
    <div class="pad">
      <div
        class="paper"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is what its keys make of it
        tabIndex={0}
        aria-label={t(WORDS.name)}
        aria-describedby={hint}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          keyPen.value = null;
          start(placeOf(event));
        }}
        onPointerMove={(event) => {
          if (growing.current && keyPen.value === null)
            extend([...event.getCoalescedEvents(), event].map(placeOf));
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (keyPen.value) end();
          keyPen.value = null;
        }}
      >
        {picture && <PixelPicture values={picture} columns={SIDE} kind="ink" most={255} />}
        <canvas ref={canvas} />
      </div>
      <p id={hint} class="quiet">
        {t(WORDS.keys)}
      </p>
    </div>
  );
}

/** Lines with round ends, each as wide as the ink that `inkOf` makes of it. */
function drawStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[], ink: string): void {
  context.strokeStyle = ink;
  context.lineCap = "round";
  for (const stroke of strokes)
    for (const [i, to] of stroke.entries()) {
      const from = stroke[Math.max(0, i - 1)]!;
      context.lineWidth = (penRadius(from.pressure) + penRadius(to.pressure)) * SIZE;
      context.beginPath();
      context.moveTo(from.x * SIZE, from.y * SIZE);
      context.lineTo(to.x * SIZE, to.y * SIZE);
      context.stroke();
    }
}

/** The pen of the keyboard: a ring, filled while it is down. */
function drawPen(context: CanvasRenderingContext2D, pen: PenPoint, down: boolean, colour: string): void {
  context.beginPath();
  context.arc(pen.x * SIZE, pen.y * SIZE, penRadius(0.5) * SIZE, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  if (down) context.fill();
  context.stroke();
}
