/**
 * A sheet of small greyscale images (digits of 20 × 20 or 28 × 28 pixels), each with a caption.
 *
 * Every image is an embedded PNG of its own size, enlarged without smoothing. Right and wrong predictions differ by
 * colour, by a mark (✓, ✗) and by a frame. Pixels that are not finite are drawn as mid grey and counted in a note.
 */
import { ShapeError, UsageError } from "../tensor/errors.ts";
import { grayPng, pngDataUri } from "./data-uri.ts";
import { type PictureOptions, picture, titleText } from "./frame.ts";
import { element, fitText, textAt, textWidth } from "./svg.ts";
import { themeColors } from "./theme.ts";
import { emptyNote, notFiniteNote } from "./words.ts";

/** One image. */
export interface GridImage {
  /** imageWidth × imageHeight values. */
  readonly pixels: ArrayLike<number>;
  readonly caption?: string;
  /** Right or wrong, e.g. prediction = label. */
  readonly tone?: "good" | "bad";
}

/** Options of `imageGrid`. */
export interface ImageGridOptions extends Omit<PictureOptions, "width" | "height"> {
  readonly images: readonly GridImage[];
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** Images in a row; default 10. */
  readonly columns?: number;
  /** Values drawn black and white; default [0, 1]. */
  readonly range?: readonly [number, number];
  /** Order of the pixels: row after row (default), or column after column as Octave stores them. */
  readonly order?: "rows" | "columns";
  /** Screen pixels of an image's pixel; default such that an image is about 56 wide. */
  readonly scale?: number;
}

/** Values to bytes, row after row; counts those that are not finite. */
function bytes(image: GridImage, options: ImageGridOptions): { gray: Uint8Array; missing: number } {
  const { imageWidth: w, imageHeight: h, range = [0, 1], order = "rows" } = options;
  const gray = new Uint8Array(w * h);
  let missing = 0;
  for (let r = 0; r < h; r++)
    for (let c = 0; c < w; c++) {
      const value = image.pixels[order === "rows" ? r * w + c : c * h + r] as number;
      if (!Number.isFinite(value)) missing++;
      const t = Number.isFinite(value) ? (value - range[0]) / (range[1] - range[0]) : 0.5;
      gray[r * w + c] = Math.round(Math.min(1, Math.max(0, t)) * 255);
    }
  return { gray, missing };
}

/** Mark and caption. */
const captionOf = ({ tone, caption = "" }: GridImage): string =>
  `${tone === undefined ? "" : tone === "good" ? "✓ " : "✗ "}${caption}`.trim();

/**
 * Draws the sheet.
 * @throws {ShapeError} if an image does not have imageWidth × imageHeight values; {UsageError} for a bad option.
 * @example
 * const pixels = new Float32Array(784).fill(0.5);
 * const images = [{ pixels, caption: "7", tone: "good" } as const];
 * imageGrid({ images, imageWidth: 28, imageHeight: 28 }).startsWith("<svg") // true
 */
export function imageGrid(options: ImageGridOptions): string {
  const { images, imageWidth: w, imageHeight: h, columns = 10, range = [0, 1], language = "en" } = options;
  for (const [name, value] of [
    ["imageWidth", w] as const,
    ["imageHeight", h] as const,
    ["columns", columns] as const,
  ])
    if (!Number.isInteger(value) || value < 1)
      throw new UsageError(`imageGrid: ${name} must be an integer ≥ 1, received ${value}.`);
  if (!(range[0] !== range[1] && Number.isFinite(range[1] - range[0])))
    throw new UsageError(
      `imageGrid: range must be two different finite numbers, received [${range}]. Give [black, white].`,
    );
  const colors = themeColors(options.theme ?? "auto");
  const scale = options.scale ?? 56 / w;
  const captioned = images.some((image) => image.caption !== undefined || image.tone !== undefined);
  // Long captions widen the cells, up to twice an image's width.
  const widest = Math.max(0, ...images.map((image) => textWidth(captionOf(image), 12)));
  const cellWidth = Math.max(w * scale, Math.min(widest, 2 * w * scale)) + 14;
  const cellHeight = h * scale + (captioned ? 30 : 14);
  const top = options.title === undefined ? 12 : 40;
  const used = Math.min(columns, Math.max(1, images.length));
  const width = Math.max(used * cellWidth + 18, options.title === undefined ? 0 : 320);

  const parts: string[] = [titleText(options.title, width)];
  let missing = 0;
  for (const [i, image] of images.entries()) {
    if (image.pixels.length !== w * h)
      throw new ShapeError(
        `imageGrid: image ${i} has ${image.pixels.length} values, ${w} × ${h} pixels need ${w * h}. Check imageWidth and imageHeight.`,
      );
    const { gray, missing: lost } = bytes(image, options);
    missing += lost;
    const [x, y] = [
      16 + (i % columns) * cellWidth + (cellWidth - 14 - w * scale) / 2,
      top + Math.floor(i / columns) * cellHeight,
    ];
    const color = image.tone === undefined ? colors.soft : colors[image.tone];
    parts.push(
      element("image", {
        x,
        y,
        width: w * scale,
        height: h * scale,
        style: "image-rendering:pixelated",
        href: pngDataUri(grayPng(w, h, gray)),
      }),
      element("rect", {
        x: x - 1,
        y: y - 1,
        width: w * scale + 2,
        height: h * scale + 2,
        fill: "none",
        stroke: image.tone === "bad" ? colors.bad : colors.grid,
        "stroke-width": image.tone === "bad" ? 2 : 1,
      }),
    );
    const caption = captionOf(image);
    if (caption !== "")
      parts.push(
        textAt(x + (w * scale) / 2, y + h * scale + 16, fitText(caption, 12, cellWidth - 2), {
          "text-anchor": "middle",
          fill: color,
          "font-weight": image.tone === "bad" ? 600 : undefined,
        }),
      );
  }
  const rows = Math.ceil(images.length / columns);
  let height = top + Math.max(1, rows) * cellHeight;
  if (images.length === 0) parts.push(textAt(16, top + 20, emptyNote(language), { fill: colors.soft }));
  if (missing > 0) {
    parts.push(
      textAt(16, height + 8, notFiniteNote(missing, language), { "font-size": 11, fill: colors.soft }),
    );
    height += 18;
  }
  return picture(width, height, options, ...parts);
}
