/**
 * The controls on top of each layer: number of units (buttons, arrow keys, or dragging the number), activation, dropout,
 * and a grip that moves or removes the layer.
 */
import { useRef } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { ACTIVATION_CHOICES } from "../state/experiment.ts";
import { Button } from "../ui/button.tsx";
import {
  addLayer,
  changeLayer,
  MOST_LAYERS,
  MOST_UNITS,
  moveLayer,
  removeLayer,
  shownRecord,
} from "./actions.ts";
import { Control } from "./control.tsx";
import type { NetworkPlace } from "./network-place.ts";

const DROPOUTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7] as const;

/** More or fewer hidden layers. */
export function LayerCount() {
  const { layers } = shownRecord();
  return (
    <div class="row layer-count">
      <Button
        label={{ en: "Remove the last hidden layer", zh: "移除最后一个隐藏层" }}
        icon="−"
        disabled={layers.length === 0}
        onClick={() => void removeLayer(layers.length - 1)}
      />
      <span>
        {layers.length} {t({ en: layers.length === 1 ? "hidden layer" : "hidden layers", zh: "个隐藏层" })}
      </span>
      <Button
        label={{ en: "Add a hidden layer", zh: "添加一个隐藏层" }}
        icon="+"
        disabled={layers.length >= MOST_LAYERS}
        onClick={() => void addLayer()}
      />
    </div>
  );
}

export function LayerHeads({ place: { layout, about } }: { readonly place: NetworkPlace }) {
  const pitch = layout.width / layout.units.length;
  const at = (l: number) => ({ left: `${layout.centers[l]! - pitch / 2}px`, width: `${pitch}px` });
  const { layers } = shownRecord();
  const last = layout.units.length - 1;
  return (
    <>
      <div class="head" style={at(0)}>
        <strong>{t({ en: "Features", zh: "特征" })}</strong>
      </div>
      {layers.length === last - 1 &&
        layers.map((layer, l) => (
          <LayerHead key={l} at={at(l + 1)} number={l} layer={layer} centers={layout.centers} />
        ))}
      <div class="head" style={at(last)}>
        <strong>{t({ en: "Output", zh: "输出" })}</strong>
        <span class="quiet">{about.head.activation}</span>
        <span class="quiet loss-name">
          {t(LOSS_NAMES[about.head.loss] ?? { en: about.head.loss, zh: about.head.loss })}
        </span>
      </div>
    </>
  );
}

/** The losses in words. */
export const LOSS_NAMES: Readonly<Record<string, Text>> = {
  auto: { en: "fitting the task", zh: "按任务自动选择" },
  binaryCrossentropy: { en: "binary cross-entropy", zh: "二元交叉熵" },
  categoricalCrossentropy: { en: "cross-entropy", zh: "交叉熵" },
  meanSquaredError: { en: "squared error", zh: "均方误差" },
  meanAbsoluteError: { en: "absolute error", zh: "绝对误差" },
  huber: { en: "Huber", zh: "Huber" },
  hinge: { en: "hinge", zh: "合页损失" },
};

interface HeadProps {
  readonly at: { readonly left: string; readonly width: string };
  readonly number: number;
  readonly layer: ReturnType<typeof shownRecord>["layers"][number];
  readonly centers: readonly number[];
}

function LayerHead({ at, number, layer, centers }: HeadProps) {
  const { layers } = shownRecord();
  const name = t({ en: `Layer ${number + 1}`, zh: `第 ${number + 1} 层` });
  const units = (to: number) => {
    const next = Math.max(1, Math.min(MOST_UNITS, to));
    if (next !== layer.units) void changeLayer(number, { units: next });
  };
  const move = (to: number) => {
    if (to >= 0 && to < layers.length && to !== number) void moveLayer(number, to);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the picture
    <div class="head" style={at} role="group" aria-label={name}>
      <div class="head-units">
        <Control name="layers">
          <Grip
            name={name}
            number={number}
            centers={centers}
            onMove={move}
            onRemove={() => void removeLayer(number)}
          />
        </Control>
        <Control name="units">
          <button
            type="button"
            aria-label={t({ en: `${name}: one unit less`, zh: `${name}：减少一个单元` })}
            onClick={() => units(layer.units - 1)}
          >
            −
          </button>
          <UnitCount name={name} value={layer.units} onChange={units} />
          <button
            type="button"
            aria-label={t({ en: `${name}: one unit more`, zh: `${name}：增加一个单元` })}
            onClick={() => units(layer.units + 1)}
          >
            +
          </button>
        </Control>
      </div>
      <Control name="activation">
        <select
          aria-label={t({ en: `${name}: activation`, zh: `${name}：激活函数` })}
          value={layer.activation}
          onChange={(event) => {
            const chosen = ACTIVATION_CHOICES.find((a) => a === event.currentTarget.value);
            if (chosen) void changeLayer(number, { activation: chosen });
          }}
        >
          {ACTIVATION_CHOICES.map((a) => (
            <option key={a} value={a}>
              {a}
            </option>
          ))}
        </select>
      </Control>
      <Control name="dropout">
        <select
          class={layer.dropout === 0 ? "quiet" : ""}
          aria-label={t({ en: `${name}: dropout`, zh: `${name}：随机失活` })}
          value={String(layer.dropout)}
          onChange={(event) => void changeLayer(number, { dropout: Number(event.currentTarget.value) })}
        >
          {[...new Set([...DROPOUTS, layer.dropout])].map((rate) => (
            <option key={rate} value={String(rate)}>
              {rate === 0
                ? t({ en: "no dropout", zh: "不随机失活" })
                : t({ en: `drop ${Math.round(rate * 100)} %`, zh: `失活 ${Math.round(rate * 100)} %` })}
            </option>
          ))}
        </select>
      </Control>
    </div>
  );
}

interface CountProps {
  readonly name: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Pixels that the pointer is dragged for one unit. */
const DRAG = 7;

/** The number of units: drag it up or down, or use the arrow keys. */
function UnitCount({ name, value, onChange }: CountProps) {
  const start = useRef<{ readonly y: number; readonly value: number } | null>(null);
  const dragged = (event: PointerEvent) =>
    start.current ? start.current.value + Math.round((start.current.y - event.clientY) / DRAG) : value;
  return (
    <span
      class="unit-count"
      role="spinbutton"
      tabIndex={0}
      aria-label={t({ en: `${name}: units`, zh: `${name}：单元数` })}
      aria-valuenow={value}
      aria-valuemin={1}
      aria-valuemax={MOST_UNITS}
      title={t({ en: "Drag up or down, or use the arrow keys", zh: "上下拖动，或用方向键调整" })}
      onPointerDown={(event) => {
        start.current = { y: event.clientY, value };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current && dragged(event) !== value) onChange(dragged(event));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 8, PageDown: -8 }[
          event.key
        ];
        if (by === undefined) return;
        event.preventDefault();
        onChange(value + by);
      }}
    >
      {value}
    </span>
  );
}

interface GripProps {
  readonly name: string;
  readonly number: number;
  readonly centers: readonly number[];
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** Drag it over another layer to go there, or use the arrow keys; Delete removes the layer. */
function Grip({ name, number, centers, onMove, onRemove }: GripProps) {
  const from = useRef<number | null>(null);
  return (
    <button
      type="button"
      class="grip"
      aria-label={t({
        en: `${name}: arrow keys move it, Delete removes it`,
        zh: `${name}：方向键移动，Delete 移除`,
      })}
      title={t({
        en: "Drag sideways to move the layer; Delete removes it",
        zh: "左右拖动可移动该层，Delete 移除",
      })}
      onPointerDown={(event) => {
        from.current = event.clientX;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        if (from.current === null) return;
        const x = centers[number + 1]! + event.clientX - from.current;
        from.current = null;
        const hidden = centers.slice(1, -1);
        const nearest = hidden.map((c) => Math.abs(c - x));
        onMove(nearest.indexOf(Math.min(...nearest)));
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") onMove(number - 1);
        else if (event.key === "ArrowRight") onMove(number + 1);
        else if (event.key === "Delete") onRemove();
        else return;
        event.preventDefault();
      }}
    >
      ⠿
    </button>
  );
}
