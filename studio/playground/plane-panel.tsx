/**
 * The plane: what the network answers at every place, where it decides, and the points it learns from.
 *
 * The ground is drawn with every scene, the points when they change. The pointer and the keyboard work on them in
 * `use-strokes.ts`.
 */
import { useSignal } from "@preact/signals";
import { useCallback, useRef } from "preact/hooks";
import type { PlaneRange } from "../data/sets.ts";
import { Drawing, type Surface } from "../draw/drawing.tsx";
import { drawGround, drawPoints, type GroundOptions, project } from "../draw/plane.ts";
import { t } from "../language.ts";
import type { DrawnPoint } from "../state/experiment.ts";
import { drawingRange } from "../train/data.ts";
import type { About } from "../train/protocol.ts";
import { Toggle } from "../ui/toggle.tsx";
import { changeView, shownRecord } from "./actions.ts";
import { BrushPicker, brush } from "./brush.tsx";
import { Control, isShown } from "./control.tsx";
import { Legend } from "./legend.tsx";
import { decimals, weight } from "./numbers.ts";
import { playground } from "./play.ts";
import { outputAt, pointsOf } from "./points.ts";
import { SavePicture } from "./save-picture.tsx";
import type { Scene } from "./scene.ts";
import { type Stroke, strokes } from "./strokes.ts";

/** How the ground of a run is coloured. */
export function groundOf({ about, output }: Scene, discrete: boolean): GroundOptions {
  const kind = about.classes === 0 ? "value" : output.columns > 1 ? "classes" : "probability";
  // Hinge has scores around 0 instead of probabilities.
  const scores = about.classes === 2 && about.head.activation === "linear";
  return { kind: scores ? "value" : kind, scale: scores ? 1 : valueScale(about), discrete };
}

/** The largest size among the targets. */
function valueScale(about: About): number {
  let most = 0;
  for (const value of about.train?.y ?? []) most = Math.max(most, Math.abs(value));
  return most || 1;
}

/** The points that are shown: those trained on, then those for testing. */
function shownPoints(about: About): { points: DrawnPoint[]; firstTest: number } {
  const { data } = shownRecord();
  const train = about.train ? pointsOf(about.train) : [];
  const test = about.test ? pointsOf(about.test) : [];
  // Too few points make no run: those drawn so far are shown all the same.
  if (data.kind === "drawn" && train.length + test.length !== data.points.length)
    return { points: data.points.map(([a, b, y]) => [a, b, y]), firstTest: data.points.length };
  return { points: [...train, ...test], firstTest: train.length };
}

const shownRange = (about: About): PlaneRange => {
  const { data } = shownRecord();
  return data.kind === "drawn" ? drawingRange(data.points) : about.range!;
};

export function PlanePanel() {
  const { scene, probe, session } = playground();
  const stroke = useSignal<Stroke | null>(null);
  const box = useRef<HTMLDivElement>(null);

  const ground = useCallback(
    ({ canvas, width, height, colors, picture }: Surface) => {
      const now = scene.value;
      const { discretize } = shownRecord().view;
      if (now) drawGround(canvas, width, height, now.output, groundOf(now, discretize), colors, picture);
    },
    [scene],
  );
  const about = session.about.value ?? scene.value?.about ?? null;
  const points = useCallback(
    ({ canvas, width, height, colors }: Surface) => {
      const now = session.about.value ?? scene.peek()?.about;
      if (!now?.range) return;
      const { points, firstTest } = stroke.value ?? shownPoints(now);
      drawPoints(
        canvas,
        width,
        height,
        shownRange(now),
        {
          x: points.flatMap((p) => [p[0], p[1]]),
          y: points.map((p) => p[2]),
          classes: now.classes,
          firstTest,
          showTest: shownRecord().view.showTest,
          scale: valueScale(now),
        },
        colors,
      );
    },
    [session, scene, stroke],
  );
  const range = about?.range ? shownRange(about) : null;
  const hands = strokes({
    box: () => box.current!,
    range: () => range,
    shown: () => shownPoints(about!),
    classes: about?.classes ?? 2,
    stroke,
    probe,
  });
  const at = probe.value;
  return (
    <section class="panel stack plane-panel" aria-labelledby="plane-title">
      <header class="row">
        <h2 id="plane-title">{t({ en: "Output", zh: "输出" })}</h2>
        <SavePicture
          name="output"
          label={{ en: "Save the output as a picture", zh: "将输出保存为图片" }}
          of={() => box.current!}
        />
      </header>
      <div
        ref={box}
        class={`plane ${brush.value === "look" ? "" : "drawing-mode"}`}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        aria-label={t({ en: "The plane with its points", zh: "带有数据点的平面" })}
        aria-describedby="plane-help plane-readout"
        {...hands}
      >
        <Drawing
          draw={ground}
          class="layer"
          label={t({
            en: "What the network answers over the plane of both features",
            zh: "网络在两个特征构成的平面上的输出",
          })}
        />
        <Drawing draw={points} class="layer" />
        {at && range && <Cross place={at} range={range} />}
      </div>
      <p id="plane-readout" class="readout-line" aria-live="polite">
        {at && scene.value ? said(scene.value, at) : <span class="quiet">{hint()}</span>}
      </p>
      <p id="plane-help" class="unseen">
        {t({
          en: "Arrow keys move a cross, with Shift in small steps. Enter adds a point or erases, as chosen below. Delete erases at the cross. Digits choose a class.",
          zh: "方向键移动十字光标，按住 Shift 可小步移动。回车按下方所选添加或擦除点，Delete 擦除光标处的点，数字键选择类别。",
        })}
      </p>
      {about && <Legend about={about} />}
      <Control name="draw">{about && <BrushPicker classes={about.classes} labels={about.labels} />}</Control>
      <Control name="view">
        <div class="row">
          <Toggle
            label={{ en: "Test points", zh: "显示测试点" }}
            value={shownRecord().view.showTest}
            onChange={(showTest) => void changeView({ showTest })}
          />
          <Toggle
            label={{ en: "Flat colours", zh: "纯色分区" }}
            value={shownRecord().view.discretize}
            onChange={(discretize) => void changeView({ discretize })}
          />
        </div>
      </Control>
    </section>
  );
}

const hint = () =>
  isShown("draw")
    ? t({
        en: "Point at the plane for its answer; choose a class below to draw points.",
        zh: "指向平面查看输出；在下方选择类别即可手绘数据点。",
      })
    : t({ en: "Point at the plane for its answer.", zh: "指向平面查看输出。" });

function Cross({ place, range }: { readonly place: readonly [number, number]; readonly range: PlaneRange }) {
  const [left, top] = project(range, 100, 100).at(...place);
  return <i class="cross" style={{ left: `${left}%`, top: `${top}%` }} aria-hidden="true" />;
}

/** The place and what the network answers there. */
function said({ about, output }: Scene, place: readonly [number, number]): string {
  const answer = outputAt(output, about.range!, place);
  const where = `x₁ ${weight(place[0])}, x₂ ${weight(place[1])}`;
  if (about.classes === 0 || about.head.activation === "linear")
    return `${where} → ${t({ en: "value", zh: "输出" })} ${decimals(answer[0], 3)}`;
  if (answer.length === 1) return `${where} → P(${about.labels[1] ?? 1}) = ${decimals(answer[0], 3)}`;
  const best = answer.indexOf(Math.max(...answer));
  return `${where} → ${t({ en: "class", zh: "类别" })} ${about.labels[best] ?? best}, P = ${decimals(answer[best], 3)}`;
}
