/**
 * The network: features on the left, a column for each layer with its controls on top, every unit with its map.
 *
 * The picture is one canvas; over it lies an unseen button for each unit, one tab stop for all, moved between by the
 * arrow keys. A link is taken by pointing at it; its keyboard way is the card of the unit it leads to.
 */
import { computed, useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import { featureColumns, featureNames } from "../data/features.ts";
import type { PlaneRange } from "../data/sets.ts";
import { Drawing, type Surface } from "../draw/drawing.tsx";
import { largest, levelsOf } from "../draw/levels.ts";
import { drawNetwork, type Pointed } from "../draw/network.ts";
import { linkAt, unitAt } from "../draw/network-layout.ts";
import { t } from "../language.ts";
import { Control, isShown } from "./control.tsx";
import { LayerCount, LayerHeads } from "./layer-heads.tsx";
import { FeatureButtons, UnitButtons } from "./network-buttons.tsx";
import { placeNetwork } from "./network-place.ts";
import { playground } from "./play.ts";
import { SavePicture } from "./save-picture.tsx";
import { UnitCard } from "./unit-card.tsx";
import { layersOf } from "./weights.ts";

const NOTHING: Pointed = { unit: null, link: null };

export function NetworkPanel() {
  const { scene, opened } = playground();
  const box = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  const pointed = useSignal<Pointed>(NOTHING);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      width.value = entry!.contentRect.width;
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [width]);

  // A new run is laid out when its first scene comes: until then the old one stays.
  const about = useMemo(() => computed(() => scene.value?.about ?? null), [scene]);
  const features = useMemo(() => computed(() => scene.value?.features ?? []), [scene]);
  const place = useMemo(
    () =>
      computed(() =>
        about.value && width.value > 0
          ? placeNetwork(about.value, features.value, width.value, isShown("features"))
          : null,
      ),
    [about, features, width],
  );
  const tiles = useMemo(
    () => computed(() => (about.value?.range ? featureMaps(about.value.range) : null)),
    [about],
  );

  const draw = useCallback(
    ({ canvas, colors, picture }: Surface) => {
      const now = scene.value;
      const where = place.value;
      if (!now || !where || !tiles.value || where.about !== now.about) return;
      const map = (name: string) => tiles.value!.get(name)!;
      const inputs = new Uint8Array(where.layout.units[0]!.length * SIDE * SIDE);
      for (const [i, name] of now.features.entries()) inputs.set(map(name), i * SIDE * SIDE);
      const layers = layersOf(now.about, now.frame.parameters);
      drawNetwork(
        canvas,
        where.layout,
        {
          kernels: layers.map(({ kernel }) => kernel),
          biases: layers.map(({ bias }) => bias),
          maps: [inputs, ...now.maps],
          side: SIDE,
          marks: now.idle,
          unused: where.features
            .filter(({ used }) => !used)
            .map(({ name, place }) => ({ place, levels: map(name) })),
        },
        pointed.value,
        colors,
        picture,
      );
    },
    [scene, place, tiles, pointed],
  );

  const at = place.value;
  function point(event: MouseEvent): Pointed {
    if (!at) return NOTHING;
    const { left, top } = box.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const unit = unitAt(at.layout, x, y) ?? null;
    pointed.value = { unit, link: unit ? null : (linkAt(at.layout, x, y) ?? null) };
    return pointed.value;
  }
  return (
    <section class="panel network-panel" aria-labelledby="network-title">
      <header class="row">
        <h2 id="network-title">{t({ en: "Network", zh: "网络" })}</h2>
        <Control name="layers">
          <LayerCount />
        </Control>
        <SavePicture
          name="network"
          label={{ en: "Save the network as a picture", zh: "将网络保存为图片" }}
          of={() => box.current!}
        />
      </header>
      <div class="network-scroll">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: links are lines in a picture; each is edited in the card of its unit too */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        <div
          ref={box}
          class={`network ${pointed.value.link ? "on-link" : ""}`}
          style={{ height: `${at?.layout.height ?? 480}px`, minWidth: `${at?.least ?? 300}px` }}
          onPointerMove={point}
          onPointerLeave={() => {
            pointed.value = NOTHING;
          }}
          onClick={(event) => {
            const { link } = point(event);
            if (link) opened.value = { layer: link.layer, index: link.to, from: link.from };
          }}
        >
          <Drawing draw={draw} class="layer" />
          {at && (
            <>
              <LayerHeads place={at} />
              <FeatureButtons place={at} />
              <UnitButtons
                place={at}
                onFocus={(unit) => {
                  pointed.value = { unit, link: null };
                }}
              />
              <UnitCard place={at} pointed={pointed.value} />
            </>
          )}
        </div>
      </div>
      <p class="quiet legend-line">
        <i class="line positive" aria-hidden="true" />
        {t({ en: "positive weight", zh: "正权重" })}
        <i class="line negative" aria-hidden="true" />
        {t({ en: "negative weight", zh: "负权重" })}
        <i class="dot" aria-hidden="true" />
        {t({ en: "bias", zh: "偏置" })}
        {(scene.value?.idle.length ?? 0) > 0 && (
          <span class="idle-note">
            <i class="cross-mark" aria-hidden="true">
              ×
            </i>
            {t({ en: "dead or saturated", zh: "失活或饱和" })}
          </span>
        )}
      </p>
    </section>
  );
}

/** Cells on a side of every map. */
const SIDE = 24;

/** The map of every feature over the plane, by name. */
function featureMaps([x0, x1, y0, y1]: PlaneRange): Map<string, Uint8Array> {
  const cells = Float64Array.from({ length: 2 * SIDE * SIDE }, (_, i) => {
    const [row, column] = [Math.floor(i / 2 / SIDE), Math.floor(i / 2) % SIDE];
    return i % 2 === 0 ? x0 + ((column + 0.5) / SIDE) * (x1 - x0) : y1 - ((row + 0.5) / SIDE) * (y1 - y0);
  });
  const { data } = featureColumns(featureNames, cells);
  return new Map(
    featureNames.map((name, f) => {
      const column = Float64Array.from({ length: SIDE * SIDE }, (_, i) => data[i * featureNames.length + f]!);
      return [name, levelsOf(column, largest(column))];
    }),
  );
}
