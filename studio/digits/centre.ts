/**
 * A drawing made into a picture of MNIST's kind: its ink fitted into 20 × 20 pixels, the shape kept, and laid into
 * 28 × 28 so that its centre of mass is in the middle.
 *
 * MNIST's own pictures come back unchanged, all but a few: the test holds that. Source: the description of the MNIST
 * database by Y. LeCun, C. Cortes and C. Burges; which pixel the middle is was read off the pictures.
 */

/** Pixels on a side of a picture of MNIST. */
export const SIDE = 28;
/** Pixels of a picture. */
export const PIXELS = SIDE * SIDE;
/** Pixels on the longer side of its ink. */
const BOX = 20;
/** The pixel that the centre of mass falls into, counted from 0. */
const MIDDLE = 14;

/** A rectangle of pixels, right and bottom excluded. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The picture of a square drawing of `side` × `side` pixels, 0 (no ink) to 255; null if there is no ink. */
export function centred(ink: Uint8Array, side: number): Uint8Array | null {
  const box = inkBox(ink, side);
  if (box === null) return null;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = BOX / Math.max(width, height);
  const cols = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const small = resampled(ink, side, box, cols, rows);
  const [x, y] = centreOfMass(small, cols);
  return laidInto(small, cols, MIDDLE - Math.floor(x), MIDDLE - Math.floor(y));
}

function inkBox(ink: Uint8Array, side: number): Box | null {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (const [i, v] of ink.entries()) {
    if (v === 0) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** Each new pixel is the mean of the old ones it covers, parts of pixels counting by their area. */
function resampled(ink: Uint8Array, side: number, box: Box, cols: number, rows: number): Uint8Array {
  const across = shares(box.left, box.right, cols);
  const down = shares(box.top, box.bottom, rows);
  const out = new Uint8Array(cols * rows);
  for (const [r, ys] of down.entries())
    for (const [c, xs] of across.entries()) {
      let [sum, area] = [0, 0];
      for (const [y, h] of ys)
        for (const [x, w] of xs) {
          sum += ink[y * side + x]! * w * h;
          area += w * h;
        }
      out[r * cols + c] = Math.round(sum / area);
    }
  return out;
}

/** For each of `parts` equal parts of [from, to): the pixels it covers, and how much of each. */
function shares(from: number, to: number, parts: number): (readonly [pixel: number, share: number])[][] {
  const step = (to - from) / parts;
  return Array.from({ length: parts }, (_, k) => {
    const [start, end] = [from + k * step, from + (k + 1) * step];
    const covered: [number, number][] = [];
    for (let p = Math.floor(start); p < Math.min(to, end); p++) {
      const share = Math.min(p + 1, end) - Math.max(p, start);
      if (share > 1e-9) covered.push([p, share]);
    }
    return covered;
  });
}

/** A pixel's ink counts at its middle. */
function centreOfMass(picture: Uint8Array, cols: number): [x: number, y: number] {
  let [sum, x, y] = [0, 0, 0];
  for (const [i, v] of picture.entries()) {
    sum += v;
    x += v * ((i % cols) + 0.5);
    y += v * (Math.floor(i / cols) + 0.5);
  }
  return [x / sum, y / sum];
}

/** What would stand outside is lost; with the ink in 20 × 20 and its middle in the middle, only wisps can. */
function laidInto(small: Uint8Array, cols: number, left: number, top: number): Uint8Array {
  const picture = new Uint8Array(PIXELS);
  for (const [i, v] of small.entries()) {
    const [x, y] = [left + (i % cols), top + Math.floor(i / cols)];
    if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) picture[y * SIDE + x] = v;
  }
  return picture;
}
