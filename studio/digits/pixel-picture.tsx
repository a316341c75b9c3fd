/** A small picture of numbers, each a square pixel however large it is shown: ink, or signed values. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { largest } from "../draw/levels.ts";
import { PALETTES } from "../draw/palette.ts";
import { dark } from "../state/preferences.ts";
import { inkShade, paintBlock, signedShade } from "./paint.ts";

interface Props {
  readonly values: ArrayLike<number>;
  readonly columns: number;
  readonly kind: "ink" | "signed";
  /** The value of full colour; default the largest magnitude. */
  readonly most?: number;
  /** What it shows, for screen readers; left out where the text beside it says it. */
  readonly label?: string;
  /** Called with the number of the value that is clicked. */
  readonly onPick?: (index: number) => void;
}

export function PixelPicture({ values, columns, kind, most, label, onPick }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const rows = Math.ceil(values.length / columns);
  const theme = dark.value ? "dark" : "light";
  useLayoutEffect(() => {
    const context = ref.current!.getContext("2d")!;
    const image = new ImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const full = most ?? largest(values);
    const shade = kind === "ink" ? inkShade(PALETTES[theme], full) : signedShade(PALETTES[theme], full);
    paintBlock(pixels, columns, [0, 0], values, columns, shade);
    context.putImageData(image, 0, 0);
  }, [values, columns, rows, kind, most, theme]);
  return (
    <canvas
      ref={ref}
      class={onPick ? "pixels clickable" : "pixels"}
      width={columns}
      height={rows}
      onClick={(event) => {
        const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
        const column = Math.floor(((event.clientX - left) / width) * columns);
        const at = Math.floor(((event.clientY - top) / height) * rows) * columns + column;
        if (at < values.length) onPick?.(at);
      }}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
