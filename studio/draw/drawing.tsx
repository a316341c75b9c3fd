/**
 * A canvas in the page that is drawn again when its size, the theme, or any signal that its drawing reads changes.
 *
 * Signals of a run change once an animation frame at most, and so does the picture.
 */
import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { dark } from "../state/preferences.ts";
import { Picture } from "./canvas.ts";
import { PALETTES, type Palette } from "./palette.ts";

/** Where and with what a drawing is made. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colors: Palette;
  /** A picture in memory that belongs to this canvas. */
  readonly picture: Picture;
}

interface DrawingProps {
  /** What the picture shows, for those who do not see it; without it the canvas is decoration. */
  readonly label?: string;
  readonly class?: string;
  readonly draw: (surface: Surface) => void;
}

/** A canvas that fills its box. */
export function Drawing({ label, class: name = "", draw }: DrawingProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useMemo(() => signal({ width: 0, height: 0 }), []);
  const picture = useMemo(() => new Picture(), []);
  useEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      size.value = { width, height };
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [size]);
  useEffect(
    () =>
      effect(() => {
        const { width, height } = size.value;
        const colors = dark.value ? PALETTES.dark : PALETTES.light;
        // A frame may come while the room is being left: the canvas has gone before its effect.
        const element = canvas.current;
        if (element && width > 0 && height > 0) draw({ canvas: element, width, height, colors, picture });
      }),
    [draw, size, picture],
  );
  return (
    <canvas
      ref={canvas}
      class={`drawing ${name}`}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
