/**
 * A unit seen large: its map, its formula with the numbers put in, and what it answers where the pointer is in the
 * plane. A unit that was opened has a field for every weight and the bias; a number typed there is put into the network
 * and the loss is computed anew.
 */
import { useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { featureColumns } from "../data/features.ts";
import { fitCanvas } from "../draw/canvas.ts";
import { Drawing, type Surface } from "../draw/drawing.tsx";
import { paintLevels } from "../draw/levels.ts";
import type { Pointed } from "../draw/network.ts";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { isShown } from "./control.tsx";
import type { NetworkPlace } from "./network-place.ts";
import { decimals, weight } from "./numbers.ts";
import { type OpenUnit, playground } from "./play.ts";
import type { Scene } from "./scene.ts";
import { unitName, unitSymbol } from "./unit-name.ts";
import { kernelIndex, layersOf } from "./weights.ts";

interface Props {
  readonly place: NetworkPlace;
  readonly pointed: Pointed;
}

export function UnitCard({ place, pointed }: Props) {
  const { scene, opened } = playground();
  const now = scene.value;
  if (!now || now.about !== place.about) return null;
  const { units } = now.about;
  const exists = (u: OpenUnit | null) =>
    u !== null && u.layer >= 1 && u.layer <= units.length && u.index < units[u.layer - 1]!;
  const open = exists(opened.value) ? opened.value : null;
  if (open) return <Card key={`${open.layer}.${open.index}`} place={place} scene={now} unit={open} open />;
  if (pointed.link) return <LinkTip place={place} scene={now} pointed={pointed} />;
  const { unit } = pointed;
  if (!unit || unit.layer === 0) return null;
  return (
    <Card
      place={place}
      scene={now}
      unit={{ layer: unit.layer, index: unit.index, from: null }}
      open={false}
    />
  );
}

/** Beside the unit, on the side where there is more room. */
function beside({ layout }: NetworkPlace, layer: number, index: number) {
  const { left, top, size } = layout.units[layer]![index]!;
  const right = left + size / 2 < layout.width / 2;
  return {
    ...(right ? { left: `${left + size + 12}px` } : { right: `${layout.width - left + 12}px` }),
    top: `${Math.max(0, Math.min(top - 40, layout.height - 330))}px`,
  };
}

/** The weight of the link that is pointed at, as it is now. */
function LinkTip({ place, scene, pointed }: Props & { readonly scene: Scene }) {
  const { layer, from, to } = pointed.link!;
  const { kernel, units } = layersOf(scene.about, scene.frame.parameters)[layer - 1]!;
  return (
    <div class="unit-card tip" style={beside(place, layer, to)} role="status">
      {unitSymbol(scene.features, layer - 1, from)} → {unitName(scene.about, scene.features, layer, to)}
      <strong> {decimals(kernel[from * units + to]!)}</strong>
    </div>
  );
}

interface CardProps {
  readonly place: NetworkPlace;
  readonly scene: Scene;
  readonly unit: OpenUnit;
  readonly open: boolean;
}

function Card({ place, scene, unit, open }: CardProps) {
  const { session, opened } = playground();
  const { layer, index } = unit;
  const card = useRef<HTMLDivElement>(null);
  const { about, features, idle } = scene;
  const layers = layersOf(about, scene.frame.parameters);
  const own = layers[layer - 1]!;
  const name = unitName(about, features, layer, index);
  const why = idle.find((u) => u.layer === layer && u.index === index)?.why;
  const activation = about.activations[layer - 1]!;
  const close = () => {
    opened.value = null;
    card.current?.parentElement
      ?.querySelector<HTMLElement>(`.unit[data-at="${layer - 1}.${index}"]`)
      ?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const find = (selector: string) => card.current?.querySelector<HTMLElement>(selector);
    const field = find(`[data-weight="${unit.from ?? 0}"]`);
    (field ?? find("button"))?.focus();
  }, [open, unit]);
  const edits = open && isShown("weights");
  return (
    <div
      ref={card}
      class={`unit-card ${open ? "open" : ""}`}
      style={beside(place, layer, index)}
      role="dialog"
      aria-label={name}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header class="row">
        <strong>{name}</strong>
        {open && <Button label={{ en: "Close", zh: "关闭" }} icon="×" kind="quiet" onClick={close} />}
      </header>
      <LargeMap layer={layer} index={index} />
      {why && (
        <p class="why">
          {why === "dead"
            ? t({
                en: "Dead: it answers every training point alike.",
                zh: "失活：对所有训练点的输出都相同。",
              })
            : t({
                en: "Saturated: nearly always at an end of its activation, where the slope is 0.",
                zh: "饱和：输出几乎总在激活函数的两端，斜率接近 0。",
              })}
        </p>
      )}
      <Formula scene={scene} layer={layer} index={index} activation={activation} />
      {edits && (
        <div class="weights">
          {Array.from({ length: own.inputs }, (_, from) => (
            <WeightField
              key={from}
              at={from}
              label={unitSymbol(features, layer - 1, from)}
              value={own.kernel[from * own.units + index]!}
              onChange={(value) => void session.editWeight(kernelIndex(own, from, index), value)}
            />
          ))}
          <WeightField
            at={-1}
            label={t({ en: "bias", zh: "偏置" })}
            value={own.bias[index]!}
            onChange={(value) => void session.editWeight(own.biasOffset + index, value)}
          />
        </div>
      )}
    </div>
  );
}

function LargeMap({ layer, index }: { readonly layer: number; readonly index: number }) {
  const { scene } = playground();
  const draw = useCallback(
    ({ canvas, width, height, colors, picture }: Surface) => {
      const now = scene.value;
      const maps = now?.maps[layer - 1];
      if (!now || !maps || (index + 1) * now.side ** 2 > maps.length) return;
      const { side } = now;
      const context = fitCanvas(canvas, width, height);
      const pixels = picture.pixels(side, side);
      const own = maps.subarray(index * side * side, (index + 1) * side * side);
      paintLevels(own, side, side, colors.strong, pixels, { left: 0, top: 0, stride: side });
      picture.flush();
      context.imageSmoothingQuality = "high";
      context.drawImage(picture.canvas, 0, 0, width, height);
    },
    [scene, layer, index],
  );
  return <Drawing draw={draw} class="large-map" />;
}

interface FormulaProps {
  readonly scene: Scene;
  readonly layer: number;
  readonly index: number;
  readonly activation: string;
}

/** Terms that are written out; the rest is counted. */
const MOST_TERMS = 5;

/** z = Σ w·a + b with the weights of now; with a place in the plane, with the numbers that come in there. */
function Formula({ scene, layer, index, activation }: FormulaProps) {
  const { probe, session } = playground();
  const values = useSignal<readonly ArrayLike<number>[] | null>(null);
  const inputs = useSignal<ArrayLike<number> | null>(null);
  const at = probe.value;
  const { step } = scene.frame;
  useEffect(() => {
    let here = true;
    values.value = null;
    if (at)
      void session.activations({ points: [...at] }, "all").then(({ layers }) => {
        if (here) values.value = layers;
      });
    inputs.value = at && featureColumns(scene.features, at).data;
    return () => {
      here = false;
    };
  }, [at, step, layer, index]);
  const own = layersOf(scene.about, scene.frame.parameters)[layer - 1]!;
  const incoming = layer === 1 ? inputs.value : values.value?.[layer - 2];
  const shown = Math.min(own.inputs, MOST_TERMS);
  const w = (from: number) => own.kernel[from * own.units + index]!;
  const terms = Array.from({ length: shown }, (_, from) => {
    const factor = incoming ? `(${weight(incoming[from]!)})` : unitSymbol(scene.features, layer - 1, from);
    return `${from > 0 ? (w(from) < 0 ? " − " : " + ") : w(from) < 0 ? "−" : ""}${weight(Math.abs(w(from)))}·${factor}`;
  }).join("");
  const more = own.inputs - shown;
  const bias = own.bias[index]!;
  let z = bias;
  if (incoming) for (let from = 0; from < own.inputs; from++) z += w(from) * incoming[from]!;
  const out = values.value?.[layer - 1]?.[index];
  return (
    <p class="unit-formula code">
      z = {terms}
      {more > 0 && t({ en: ` + … (${more} more)`, zh: ` + …（另有 ${more} 项）` })}
      {bias < 0 ? " − " : " + "}
      {weight(Math.abs(bias))}
      {incoming && ` = ${weight(z)}`}
      <br />
      {`a = ${activation}(z)`}
      {incoming && out !== undefined && ` = ${weight(out)}`}
    </p>
  );
}

interface FieldProps {
  readonly at: number;
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A weight that moves while the run goes on, and stays while somebody types. */
function WeightField({ at, label, value, onChange }: FieldProps) {
  const typed = useSignal<string | null>(null);
  const wrong =
    typed.value !== null && (typed.value.trim() === "" || !Number.isFinite(numberOf(typed.value)));
  const take = () => {
    if (typed.value !== null && !wrong && numberOf(typed.value) !== value) onChange(numberOf(typed.value));
    typed.value = null;
  };
  return (
    <label class="weight-field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="decimal"
        autocomplete="off"
        data-weight={at}
        aria-invalid={wrong}
        value={typed.value ?? decimals(value)}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          const by = event.key === "ArrowUp" ? 0.1 : event.key === "ArrowDown" ? -0.1 : 0;
          if (by === 0) return;
          event.preventDefault();
          typed.value = null;
          onChange(Number((value + by).toFixed(4)));
        }}
      />
    </label>
  );
}

/** Reads what `decimals` writes, too. */
const numberOf = (text: string): number => Number(text.replaceAll("−", "-").replaceAll(" ", ""));
