/** The buttons over the picture of the network: one for each feature and each unit. Arrow keys move between them. */
import { useRef } from "preact/hooks";
import { FEATURES, type FeatureName } from "../data/features.ts";
import type { PlacedUnit } from "../draw/network-layout.ts";
import { t } from "../language.ts";
import { change } from "./actions.ts";
import { isShown } from "./control.tsx";
import type { NetworkPlace } from "./network-place.ts";
import { playground } from "./play.ts";
import { unitName } from "./unit-name.ts";

/** Focuses a child by its `data-at`; the one that has the focus is the group's only tab stop. */
function focusAt(group: HTMLElement, at: string): void {
  const next = group.querySelector<HTMLElement>(`[data-at="${at}"]`);
  if (!next) return;
  for (const child of group.querySelectorAll<HTMLElement>("[data-at]")) child.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const over = ({ left, top, size }: PlacedUnit) => ({
  left: `${left}px`,
  top: `${top}px`,
  width: `${size}px`,
  height: `${size}px`,
});

export function FeatureButtons({ place }: { readonly place: NetworkPlace }) {
  const group = useRef<HTMLDivElement>(null);
  const toggle = (name: FeatureName) =>
    change(({ features }) => {
      const next = features.includes(name) ? features.filter((f) => f !== name) : [...features, name];
      return next.length > 0 ? { features: next } : {};
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the picture
    <div ref={group} role="group" aria-label={t({ en: "Features", zh: "特征" })}>
      {place.features.map(({ name, used, place: unit }, i) => (
        <button
          key={name}
          type="button"
          class={`feature ${used ? "used" : ""}`}
          data-at={i}
          tabIndex={i === 0 ? 0 : -1}
          aria-pressed={used}
          aria-label={`${FEATURES[name].symbol}: ${t(FEATURES[name].what)}`}
          title={t(FEATURES[name].what)}
          disabled={!isShown("features")}
          style={{
            left: "0px",
            width: `${unit.left + unit.size}px`,
            top: `${unit.top}px`,
            height: `${unit.size}px`,
            paddingRight: `${unit.size + 6}px`,
          }}
          onClick={() => void toggle(name)}
          onKeyDown={(event) => {
            const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (by === 0) return;
            event.preventDefault();
            focusAt(group.current!, String(i + by));
          }}
        >
          {FEATURES[name].symbol}
        </button>
      ))}
    </div>
  );
}

interface UnitProps {
  readonly place: NetworkPlace;
  readonly onFocus: (unit: PlacedUnit) => void;
}

export function UnitButtons({ place, onFocus }: UnitProps) {
  const { opened, scene } = playground();
  const group = useRef<HTMLDivElement>(null);
  const features = scene.peek()?.features ?? [];
  const layers = place.layout.units.slice(1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the picture
    <div
      ref={group}
      role="group"
      aria-label={t({
        en: "Units; arrow keys move, Enter opens a unit with its weights",
        zh: "单元；方向键移动，回车打开单元及其权重",
      })}
    >
      {layers.flatMap((units, l) =>
        units.map((unit) => (
          <button
            key={`${l}.${unit.index}`}
            type="button"
            class="unit"
            data-at={`${l}.${unit.index}`}
            tabIndex={l === 0 && unit.index === 0 ? 0 : -1}
            aria-label={unitName(place.about, features, l + 1, unit.index)}
            aria-haspopup="dialog"
            style={over(unit)}
            onFocus={() => onFocus(unit)}
            onClick={(event) => {
              event.stopPropagation();
              opened.value = { layer: l + 1, index: unit.index, from: null };
            }}
            onKeyDown={(event) => {
              const [dl, du] = ARROWS[event.key] ?? [0, 0];
              if (dl === 0 && du === 0) return;
              event.preventDefault();
              const next = layers[l + dl];
              if (!next) return;
              const index = dl === 0 ? unit.index + du : Math.min(next.length - 1, unit.index);
              focusAt(group.current!, `${l + dl}.${index}`);
            }}
          />
        )),
      )}
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [layers: number, units: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
