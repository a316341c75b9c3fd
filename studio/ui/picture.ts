/**
 * Saves what is drawn: an SVG element or a canvas, as SVG or PNG.
 *
 * In the page an SVG has its colours from the style sheet; the file gets them written into its elements. A canvas has
 * pixels only, so its SVG is a frame around them.
 */
import { download } from "./download.ts";

export type PictureFormat = "png" | "svg";

/** PNGs have so many pixels for one of the page's. */
const SCALE = 2;

/** What an SVG element may have from style sheets, as the attributes that say the same. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "display",
] as const;

/** Saves a picture as `name.png` or `name.svg`. `paper`: the colour behind it, by default that of the page's panels. */
export async function exportPicture(
  source: SVGSVGElement | HTMLCanvasElement,
  name: string,
  format: PictureFormat,
  paper = getComputedStyle(document.documentElement).getPropertyValue("--panel"),
): Promise<void> {
  if (format === "svg") download(`${name}.svg`, svgText(source, paper), "image/svg+xml");
  else download(`${name}.png`, await pngOf(source, paper));
}

/** The text of a file that stands alone. */
function svgText(source: SVGSVGElement | HTMLCanvasElement, paper: string): string {
  const { width, height } = source.getBoundingClientRect();
  const inside =
    source instanceof HTMLCanvasElement
      ? `<image width="${width}" height="${height}" href="${source.toDataURL()}"/>`
      : new XMLSerializer().serializeToString(styled(source, width, height));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${paper.trim()}"/>${inside}</svg>`;
}

/** A copy with the styles of the page in its attributes. */
function styled(source: SVGSVGElement, width: number, height: number): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const originals = [source, ...source.querySelectorAll("*")];
  for (const [i, element] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(originals[i]!);
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
    element.removeAttribute("style");
  }
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return copy;
}

async function pngOf(source: SVGSVGElement | HTMLCanvasElement, paper: string): Promise<Blob> {
  const { width, height } = source.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const context = canvas.getContext("2d")!;
  context.fillStyle = paper.trim();
  context.fillRect(0, 0, canvas.width, canvas.height);
  const drawable = source instanceof HTMLCanvasElement ? source : await imageOf(svgText(source, paper));
  context.drawImage(drawable, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))),
      "image/png",
    ),
  );
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}
