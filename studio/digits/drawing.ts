/**
 * What stands on the pad: strokes of a pen, or a test picture that was chosen; its text in a link; the picture that the
 * network gets.
 */
import { centred, PIXELS } from "./centre.ts";
import { INK_SIDE, inkOf, type Stroke, strokesFrom, strokesText } from "./strokes.ts";

export type Drawing =
  | { readonly kind: "strokes"; readonly strokes: readonly Stroke[] }
  /** Number of a test picture. */
  | { readonly kind: "sample"; readonly index: number };

export const EMPTY: Drawing = { kind: "strokes", strokes: [] };

/** `test:42`, or strokes as `strokesText` writes them. */
export const drawingText = (drawing: Drawing): string =>
  drawing.kind === "sample" ? `test:${drawing.index}` : strokesText(drawing.strokes);

/** The drawing of such a text; null if it is none. */
export function drawingFrom(text: string): Drawing | null {
  const sample = /^test:(\d{1,6})$/.exec(text);
  if (sample) return { kind: "sample", index: Number(sample[1]) };
  const strokes = strokesFrom(text);
  return strokes && { kind: "strokes", strokes };
}

/** The 28 × 28 picture for the network; null if there is none. `images`: the test pictures, once they are there. */
export function pictureOf(drawing: Drawing, images: Uint8Array | null): Uint8Array | null {
  if (drawing.kind === "strokes") return centred(inkOf(drawing.strokes), INK_SIDE);
  const at = drawing.index * PIXELS;
  return images !== null && at + PIXELS <= images.length ? images.slice(at, at + PIXELS) : null;
}
