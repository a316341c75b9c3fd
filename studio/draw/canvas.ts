/**
 * What all drawings share: a canvas as sharp as the screen, and small pictures kept between frames.
 *
 * Drawing functions take a context whose unit is the CSS pixel; nothing else knows the ratio of the device.
 */

/** Gives a canvas as many pixels as the screen has for `width` × `height` CSS pixels; clears it. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(w / width, 0, 0, h / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** A picture in memory whose pixels are set as numbers and then drawn, scaled, into a canvas. */
export class Picture {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);

  /** The pixels of a picture of this size, row after row from the top. */
  pixels(width: number, height: number): Uint32Array {
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.#image = new ImageData(width, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
    return this.#pixels;
  }

  /** To be called after the pixels were set, before it is drawn. */
  flush(): void {
    if (this.#image) this.canvas.getContext("2d")!.putImageData(this.#image, 0, 0);
  }
}
