/**
 * A 5 × 7 bitmap font of our own for captions in rasters: ASCII 32…126.
 *
 * Each glyph is seven rows of five pixels, a row being one digit in base 32 (highest bit at the left). Any other
 * character is drawn as "?". Chinese captions belong beside a film, not in its pixels.
 */
import type { Raster } from "./boundary-raster.ts";
import type { Rgb } from "./color-scale.ts";

// One glyph of seven base-32 digits for each code from 32 on, sixteen in a row.
const GLYPHS = [
  "0000000 4444404 aa00000 aavavaa 4fke5u4 op248j3 cik8lid 4400000 2488842 8422248 04lel40 044v440 0000c48 000v000 00000cc 01248g0",
  "ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888 ehhehhe ehhf12c 0cc0cc0 0cc0c48 248g842 00v0v00 8421248 eh12404",
  "ehnlnge ehhvhhh uhhuhhu ehggghe uhhhhhu vgguggv vgguggg ehgnhhf hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe",
  "uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllrh hha4ahh hha4444 v1248gv e88888e 0g84210 e22222e 4ah0000 000000v",
  "8400000 00e1fhf gguhhhu 00egghe 11fhhhf 00ehvge 698s888 00fhf1e ggmphhh 40c444e 20622ic ggikoki c44444e 00qllhh 00mphhh 00ehhhe",
  "00uhugg 00fhf11 00mpggg 00fge1u 88s8896 00hhhjd 00hhha4 00hhlla 00ha4ah 00hhf1e 00v248v 2448442 4444444 8442448 008l200",
]
  .join(" ")
  .split(" ");

/** Rows of a character, each a number of five bits. */
export const glyph = (character: string): number[] =>
  [...(GLYPHS[character.charCodeAt(0) - 32] ?? (GLYPHS[31] as string))].map((digit) =>
    Number.parseInt(digit, 32),
  );

/**
 * Width of a text in pixels at a scale.
 * @example bitmapTextWidth("ab", 2) // 22, two glyphs of 5 and a gap of 1
 */
export const bitmapTextWidth = (text: string, scale = 1): number =>
  Math.max(0, [...text].length * 6 - 1) * scale;

/**
 * Writes a line of text into a raster, its top left corner at (x, y); what does not fit is cut off.
 * @example
 * const picture = { width: 20, height: 9, rgba: new Uint8Array(720).fill(255) };
 * drawText(picture, "I", 1, 1, { color: [0, 0, 0] });
 * picture.rgba.includes(0) // true
 */
export function drawText(
  picture: Raster,
  text: string,
  x: number,
  y: number,
  { scale = 1, color }: { readonly scale?: number; readonly color: Rgb },
): void {
  for (const [i, character] of [...text].entries())
    for (const [row, bits] of glyph(character).entries())
      for (let column = 0; column < 5; column++)
        if ((bits >> (4 - column)) & 1)
          fill(picture, x + (i * 6 + column) * scale, y + row * scale, scale, color);
}

function fill(picture: Raster, x: number, y: number, size: number, color: Rgb): void {
  for (let r = Math.max(0, y); r < Math.min(picture.height, y + size); r++)
    for (let c = Math.max(0, x); c < Math.min(picture.width, x + size); c++)
      picture.rgba.set(color, (r * picture.width + c) * 4);
}
