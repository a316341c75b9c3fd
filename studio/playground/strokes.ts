/**
 * Points added and erased in the plane: a click, a stroke of the pointer, or the keyboard with a cross.
 *
 * While a stroke goes on it is only shown; its end changes the record, once, and a new run learns the new points.
 */
import type { Signal } from "@preact/signals";
import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import type { PlaneRange } from "../data/sets.ts";
import { project } from "../draw/plane.ts";
import type { DrawnPoint } from "../state/experiment.ts";
import { say } from "../ui/status-line.tsx";
import { changeData } from "./actions.ts";
import { brush } from "./brush.tsx";
import { isShown } from "./control.tsx";
import { apart, rounded, withoutNear } from "./points.ts";

/** The points as a stroke leaves them. */
export interface Stroke {
  readonly points: DrawnPoint[];
  readonly firstTest: number;
  /** Where a point was added last. */
  readonly last: readonly [number, number] | null;
}

interface Hands {
  readonly box: () => HTMLElement;
  readonly range: () => PlaneRange | null;
  readonly shown: () => { readonly points: DrawnPoint[]; readonly firstTest: number };
  readonly classes: number;
  readonly stroke: Signal<Stroke | null>;
  readonly probe: Signal<readonly [number, number] | null>;
}

/** As shares of the plane: points of a stroke keep this distance, an eraser reaches so far. */
const SPACING = 0.03;
const ERASER = 0.035;

/** What the plane's element does with events. */
export function strokes({ box, range, shown, classes, stroke, probe }: Hands) {
  const place = (event: PointerEvent): readonly [number, number] | null => {
    const now = range();
    if (!now) return null;
    const { left, top, width, height } = box().getBoundingClientRect();
    const inside = (v: number, most: number) => Math.max(0, Math.min(most, v));
    return project(now, width, height).plane(
      inside(event.clientX - left, width),
      inside(event.clientY - top, height),
    );
  };

  function touch(at: readonly [number, number], erases: boolean): void {
    const before = stroke.value ?? { ...shown(), last: null };
    const now = range()!;
    if (erases) {
      const trained = withoutNear(before.points.slice(0, before.firstTest), at, now, ERASER);
      const test = withoutNear(before.points.slice(before.firstTest), at, now, ERASER);
      stroke.value = { points: [...trained, ...test], firstTest: trained.length, last: null };
      return;
    }
    if (before.last && apart(before.last, at, now) < SPACING) return;
    const point: DrawnPoint = [rounded(at[0]), rounded(at[1]), Number(brush.value)];
    stroke.value = { points: [point, ...before.points], firstTest: before.firstTest + 1, last: at };
  }

  async function finish(): Promise<void> {
    const done = stroke.value;
    if (!done) return;
    const points = done.points.map((p): DrawnPoint => [rounded(p[0]), rounded(p[1]), p[2]]);
    await changeData({ kind: "drawn", points: points as never, drawn: classes > 0 ? "classes" : "values" });
    stroke.value = null;
  }

  const draws = () => isShown("draw") && brush.value !== "look";

  return {
    onPointerDown(event: TargetedPointerEvent<HTMLElement>) {
      const at = place(event);
      if (!at || !draws() || event.button !== 0) return;
      event.preventDefault();
      box().setPointerCapture(event.pointerId);
      touch(at, brush.value === "erase");
    },
    onPointerMove(event: TargetedPointerEvent<HTMLElement>) {
      const at = place(event);
      probe.value = at;
      if (at && stroke.value) touch(at, brush.value === "erase");
    },
    onPointerUp: () => void finish(),
    onPointerCancel() {
      stroke.value = null;
    },
    onPointerLeave() {
      if (!stroke.value) probe.value = null;
    },
    onBlur() {
      probe.value = null;
    },
    onKeyDown(event: TargetedKeyboardEvent<HTMLElement>) {
      const now = range();
      if (!now) return;
      const at = probe.value ?? [(now[0] + now[1]) / 2, (now[2] + now[3]) / 2];
      const by = event.shiftKey ? 0.01 : 0.05;
      const move = ARROWS[event.key];
      if (move) {
        event.preventDefault();
        probe.value = [
          Math.max(now[0], Math.min(now[1], at[0] + move[0] * by * (now[1] - now[0]))),
          Math.max(now[2], Math.min(now[3], at[1] + move[1] * by * (now[3] - now[2]))),
        ];
      } else if (!isShown("draw")) return;
      else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        event.stopPropagation();
        if (!draws()) {
          say({
            en: "Choose a class below first, or press its digit.",
            zh: "请先在下方选择类别，或按对应数字键。",
          });
          return;
        }
        touch(at, brush.value === "erase");
        void finish();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        touch(at, true);
        void finish();
      } else if (/^\d$/.test(event.key) && classes > 0) brush.value = Number(event.key);
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
