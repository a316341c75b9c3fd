/**
 * What a pen left on the pad: strokes of points with pressure, the ink they make, and their short text for a link.
 *
 * Plain data and arithmetic, the same on every machine; the pad (`pad.tsx`) collects the points, `centre.ts` makes a
 * picture of MNIST's kind from the ink.
 */

/** A place of the pen: x to the right and y downwards, 0 … 1 of the pad, and its pressure, 0 … 1. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** Points that the pen joined without being lifted. */
export type Stroke = readonly PenPoint[];

/** Pixels on a side of the ink picture: four for each of MNIST's. */
export const INK_SIDE = 112;

/** Half the width of a line drawn with half pressure (a mouse, a finger), in pads. */
const RADIUS = 0.042;

/** Half the width of a line, in pads: light 0.75, heavy 1.25 times the usual. */
export const penRadius = (pressure: number): number => RADIUS * (0.75 + pressure / 2);

/** Half a pixel of the ink picture is the finest step a point needs. */
const LEVELS = 1024;
const PRESSURES = 16;

const rounded = (v: number, levels: number): number =>
  Math.min(levels - 1, Math.max(0, Math.round(v * (levels - 1))));

/** The point as a link keeps it, so that what is drawn and what a link replays are the same. */
export const penPoint = (x: number, y: number, pressure: number): PenPoint => ({
  x: rounded(x, LEVELS) / (LEVELS - 1),
  y: rounded(y, LEVELS) / (LEVELS - 1),
  pressure: rounded(pressure, PRESSURES) / (PRESSURES - 1),
});

/** Ink of all strokes, 0 (none) to 255, in rows of `INK_SIDE` pixels. */
export function inkOf(strokes: readonly Stroke[]): Uint8Array {
  const ink = new Uint8Array(INK_SIDE * INK_SIDE);
  for (const stroke of strokes)
    for (const [i, to] of stroke.entries()) drawSegment(ink, stroke[Math.max(0, i - 1)]!, to);
  return ink;
}

/** A line with round ends; its width goes evenly from one end's to the other's. */
function drawSegment(ink: Uint8Array, from: PenPoint, to: PenPoint): void {
  const at = (p: PenPoint) => [p.x * INK_SIDE, p.y * INK_SIDE, penRadius(p.pressure) * INK_SIDE] as const;
  const [ax, ay, ar] = at(from);
  const [bx, by, br] = at(to);
  const widest = Math.max(ar, br) + 1;
  const range = (p: number, q: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(p, q) - widest)),
    Math.min(INK_SIDE - 1, Math.ceil(Math.max(p, q) + widest)),
  ];
  const [left, right] = range(ax, bx);
  const [top, bottom] = range(ay, by);
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const away = Math.hypot(px - t * dx, py - t * dy);
      const cover = Math.min(1, Math.max(0, ar + t * (br - ar) - away + 0.5));
      const i = y * INK_SIDE + x;
      ink[i] = Math.max(ink[i]!, Math.round(255 * cover));
    }
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LETTERS = 4;

/** Strokes as text of letters that a link can carry: four for each point, a dot between strokes. */
export const strokesText = (strokes: readonly Stroke[]): string =>
  strokes.map((stroke) => stroke.map(pointText).join("")).join(".");

function pointText({ x, y, pressure }: PenPoint): string {
  const bits = (rounded(x, LEVELS) * LEVELS + rounded(y, LEVELS)) * PRESSURES + rounded(pressure, PRESSURES);
  return [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]).join("");
}

/** The strokes of such a text; null if it is none. */
export function strokesFrom(text: string): Stroke[] | null {
  if (text === "") return [];
  const strokes: Stroke[] = [];
  for (const part of text.split(".")) {
    if (part.length === 0 || part.length % LETTERS !== 0) return null;
    const points: PenPoint[] = [];
    for (let at = 0; at < part.length; at += LETTERS) {
      let bits = 0;
      for (const letter of part.slice(at, at + LETTERS)) {
        const value = ALPHABET.indexOf(letter);
        if (value < 0) return null;
        bits = bits * 64 + value;
      }
      const place = Math.floor(bits / PRESSURES);
      points.push({
        x: Math.floor(place / LEVELS) / (LEVELS - 1),
        y: (place % LEVELS) / (LEVELS - 1),
        pressure: (bits % PRESSURES) / (PRESSURES - 1),
      });
    }
    strokes.push(points);
  }
  return strokes;
}
