/**
 * The first layer: the weights of every unit as a picture, and one unit enlarged with the arithmetic of the moment:
 * its weights times the pixels on the pad, added up.
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { PALETTES } from "../draw/palette.ts";
import { type Text, t } from "../language.ts";
import { dark } from "../state/preferences.ts";
import { Button } from "../ui/button.tsx";
import { exportPicture } from "../ui/picture.ts";
import { Segmented } from "../ui/segmented.tsx";
import { Slider } from "../ui/slider.tsx";
import { PIXELS, SIDE } from "./centre.ts";
import { paintTiles, tiling } from "./paint.ts";
import { PixelPicture } from "./pixel-picture.tsx";

interface Props {
  /** 784 for each unit. */
  readonly weights: Float32Array;
  /** The same at step 0. */
  readonly start: Float32Array;
  /** Activations of the units for the picture on the pad, and that picture. */
  readonly activations: Float32Array | null;
  readonly picture: Uint8Array | null;
  readonly unit: number;
  readonly onUnit: (unit: number) => void;
}

const WORDS = {
  unit: { en: "Unit", zh: "单元" },
  products: { en: "Weights × pixels", zh: "权重 × 像素" },
  all: {
    en: "One picture for each unit of the first layer: ink where it is orange makes the unit's sum larger, where it is blue smaller. Click one to enlarge it.",
    zh: "第一层每个单元一张图：橙色处的笔画使该单元的和增大，蓝色处使其减小。点击可放大。",
  },
  shown: { en: "Shown", zh: "显示" },
} as const satisfies Record<string, Text>;

const SHOWN = [
  { value: "learnt", label: { en: "What training changed", zh: "训练带来的变化" } },
  { value: "weights", label: { en: "Weights", zh: "权重" } },
] as const;

/** Tiles in a row. */
const ACROSS = 20;

export function WeightsView({ weights, start, activations, picture, unit, onUnit }: Props) {
  const shown = useSignal<(typeof SHOWN)[number]["value"]>("learnt");
  const isLearnt = shown.value === "learnt" && start.length === weights.length;
  const tileValues = useMemo(
    () => (isLearnt ? weights.map((w, i) => w - start[i]!) : weights),
    [weights, start, isLearnt],
  );
  const canvas = useRef<HTMLCanvasElement>(null);
  const units = weights.length / PIXELS;
  const tiles = tiling(units, SIDE, Math.min(ACROSS, units));
  const chosen = Math.min(unit, units - 1);
  const colors = PALETTES[dark.value ? "dark" : "light"];
  const { width, height } = tiles;
  useLayoutEffect(() => {
    const image = new ImageData(width, height);
    paintTiles(new Uint32Array(image.data.buffer), tiles, tileValues, colors);
    canvas.current!.getContext("2d")!.putImageData(image, 0, 0);
  }, [tileValues, colors, width, height]);
  const part = (values: Float32Array) => values.subarray(chosen * PIXELS, (chosen + 1) * PIXELS);
  const own = part(weights);
  const products = picture && own.map((w, i) => (w * picture[i]!) / 255);
  const sum = products?.reduce((a, b) => a + b, 0);
  const pitch = SIDE + 1;
  return (
    <div class="weights">
      <div class="stack">
        <div class="row">
          <Segmented
            label={WORDS.shown}
            options={SHOWN}
            value={shown.value}
            onChange={(value) => {
              shown.value = value;
            }}
          />
          <p class="quiet">{t(WORDS.all)}</p>
          <Button
            kind="quiet"
            label={{ en: "Save as PNG", zh: "保存为 PNG" }}
            icon="⤓"
            onClick={() => void exportPicture(canvas.current!, "papergrad-first-layer", "png")}
          />
        </div>
        <div class="tiles">
          <canvas
            ref={canvas}
            class="pixels"
            width={width}
            height={height}
            role="img"
            aria-label={t(WORDS.all)}
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              const column = Math.floor((((event.clientX - box.left) / box.width) * width) / pitch);
              const row = Math.floor((((event.clientY - box.top) / box.height) * height) / pitch);
              const at = row * tiles.across + column;
              if (at < units) onUnit(at);
            }}
          />
          <span
            class="frame"
            style={{
              left: `${(100 * (chosen % tiles.across) * pitch) / width}%`,
              top: `${(100 * Math.floor(chosen / tiles.across) * pitch) / height}%`,
              width: `${(100 * SIDE) / width}%`,
              height: `${(100 * SIDE) / height}%`,
            }}
          />
        </div>
      </div>
      <div class="unit">
        <Slider label={WORDS.unit} value={chosen} min={0} max={units - 1} onChange={onUnit} />
        <figure>
          <PixelPicture values={part(tileValues)} columns={SIDE} kind="signed" label={t(unitText(chosen))} />
          <figcaption>{t(isLearnt ? SHOWN[0].label : SHOWN[1].label)}</figcaption>
        </figure>
        {products && (
          <figure>
            <PixelPicture values={products} columns={SIDE} kind="signed" label={t(WORDS.products)} />
            <figcaption>{t(WORDS.products)}</figcaption>
          </figure>
        )}
        {sum !== undefined && activations && (
          <p class="number">{t(sumText(signed(sum), signed(activations[chosen]!)))}</p>
        )}
      </div>
    </div>
  );
}

const unitText = (unit: number): Text => ({ en: `Unit ${unit}, enlarged`, zh: `放大的单元 ${unit}` });

const sumText = (sum: string, answer: string): Text => ({
  en: `Their sum is ${sum}; with the bias and the activation the unit answers ${answer}.`,
  zh: `乘积之和为 ${sum}；加上偏置并经激活函数后，该单元输出 ${answer}。`,
});

const signed = (value: number): string => value.toFixed(3).replace("-", "−");
