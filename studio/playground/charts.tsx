/**
 * The curves of the run: loss and accuracy for training and test rows, gradients and updates layer by layer, how the
 * weights are spread. Runs that were left behind by a fork lie under them, thin and dashed.
 */
import { useSignal } from "@preact/signals";
import { useCallback } from "preact/hooks";
import { binsOf, drawBars } from "../draw/bars.ts";
import { Drawing, type Surface } from "../draw/drawing.tsx";
import { LinePlot, type Lines } from "../draw/line-plot.tsx";
import { t } from "../language.ts";
import type { CurvePoint } from "../train/protocol.ts";
import { Slider } from "../ui/slider.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { changeView, shownRecord } from "./actions.ts";
import { type Curve, curvesOf } from "./curves.ts";
import { decimals } from "./numbers.ts";
import { playground } from "./play.ts";
import { layersOf } from "./weights.ts";

export function Charts() {
  const { session } = playground();
  const tab = useSignal("gradients");
  const { view } = shownRecord();
  const about = session.about.value;
  const last = session.points.value.at(-1);
  return (
    <section class="panel charts" aria-labelledby="charts-title">
      <header class="row">
        <h2 id="charts-title">{t({ en: "Curves", zh: "曲线" })}</h2>
        <Toggle
          label={{ en: "Log scale", zh: "对数坐标" }}
          value={view.logScale}
          onChange={(logScale) => void changeView({ logScale })}
        />
        <div class="smoothing">
          <Slider
            label={{ en: "Smoothing", zh: "平滑" }}
            value={view.smoothing}
            min={0}
            max={0.98}
            step={0.02}
            show={(v) => v.toFixed(2)}
            onChange={(smoothing) => void changeView({ smoothing })}
          />
        </div>
      </header>
      <div class="plots">
        <Plot
          title={t({ en: "Loss", zh: "损失" })}
          said={`${t({ en: "training", zh: "训练" })} ${decimals(last?.loss)}, ${t({ en: "test", zh: "测试" })} ${decimals(last?.testLoss)}`}
          log={() => shownRecord().view.logScale}
          curves={() => [
            { name: t({ en: "train", zh: "训练" }), color: 0, of: (p) => p.loss },
            { name: t({ en: "test", zh: "测试" }), color: 1, of: (p) => p.testLoss },
          ]}
          forks
        />
        {about?.classes !== 0 && (
          <Plot
            title={t({ en: "Accuracy", zh: "准确率" })}
            said={`${t({ en: "training", zh: "训练" })} ${decimals(last?.accuracy)}, ${t({ en: "test", zh: "测试" })} ${decimals(last?.testAccuracy)}`}
            log={() => false}
            curves={() => [
              { name: t({ en: "train", zh: "训练" }), color: 0, of: (p) => p.accuracy },
              { name: t({ en: "test", zh: "测试" }), color: 1, of: (p) => p.testAccuracy },
            ]}
            forks
          />
        )}
        <Tabs
          label={{ en: "What goes on in the layers", zh: "各层内部情况" }}
          tabs={[
            { id: "gradients", title: { en: "Gradients", zh: "梯度" } },
            { id: "updates", title: { en: "Updates", zh: "更新" } },
            { id: "weights", title: { en: "Weights", zh: "权重" } },
            { id: "rate", title: { en: "Rate", zh: "学习率" } },
          ]}
          value={tab.value}
          onChange={(id) => {
            tab.value = id;
          }}
        >
          <Inside tab={tab.value} />
        </Tabs>
      </div>
    </section>
  );
}

function Inside({ tab }: { readonly tab: string }) {
  const last = playground().session.points.value.at(-1);
  if (tab === "weights") return <Spread />;
  if (tab === "rate")
    return (
      <Plot
        title={t({ en: "Learning rate", zh: "学习率" })}
        said={decimals(last?.learningRate)}
        log={() => shownRecord().view.logScale}
        curves={() => [{ name: t({ en: "rate", zh: "学习率" }), color: 2, of: (p) => p.learningRate }]}
      />
    );
  const of = (p: CurvePoint, i: number) => (tab === "gradients" ? p.gradients[i] : p.updates[i]);
  return (
    <Plot
      key={tab}
      title={
        tab === "gradients"
          ? t({ en: "Length of the gradient of each kernel", zh: "各层权重梯度的长度" })
          : t({ en: "Update ÷ weights, for each kernel", zh: "各层权重：更新量 ÷ 权重" })
      }
      said={(last?.gradients ?? []).map((_, i) => decimals(last && of(last, i))).join(", ")}
      log={() => true}
      curves={() => kernels().map(({ label, at }, i) => ({ name: label, color: i, of: (p) => of(p, at) }))}
    />
  );
}

/** The kernels among the matrices that curve points measure. */
const kernels = (): { readonly label: string; readonly at: number }[] =>
  (playground().session.about.value?.weights ?? []).flatMap(({ path, label }, at) =>
    path.endsWith("/kernel") ? [{ label, at }] : [],
  );

interface PlotProps {
  readonly title: string;
  readonly said: string;
  readonly log: () => boolean;
  readonly curves: () => readonly Curve[];
  /** With the runs that forks left behind. */
  readonly forks?: boolean;
}

function Plot({ title, said, log, curves, forks = false }: PlotProps) {
  const { session } = playground();
  const read = (): Lines => {
    const { smoothing } = shownRecord().view;
    const branches = forks ? session.branches.value : [];
    return curvesOf(curves(), session.points.value, branches, smoothing);
  };
  return (
    <LinePlot
      title={title}
      said={said}
      read={read}
      at={() => session.frame.value?.step ?? 0}
      log={log}
      group="playground"
      height={190}
      onPick={(step) => void session.goTo(Math.min(step, session.frame.peek()?.end ?? 0))}
    />
  );
}

/** How the weights of each layer are spread. */
function Spread() {
  const { scene } = playground();
  const now = scene.value;
  if (!now) return null;
  const layers = layersOf(now.about, now.frame.parameters);
  return (
    <div class="spread">
      {layers.map((layer, l) => {
        const bins = binsOf(layer.kernel);
        return (
          <figure key={l}>
            <Histogram layer={l} />
            <figcaption>
              {`W${l + 1}`} <span class="quiet">{`±${decimals(bins.reach, 2)}`}</span>
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}

function Histogram({ layer }: { readonly layer: number }) {
  const { scene } = playground();
  const draw = useCallback(
    ({ canvas, width, height, colors }: Surface) => {
      const now = scene.value;
      const own = now && layersOf(now.about, now.frame.parameters)[layer];
      if (own) drawBars(canvas, width, height, binsOf(own.kernel), colors);
    },
    [scene, layer],
  );
  return (
    <Drawing
      draw={draw}
      class="histogram"
      label={t({
        en: `Histogram of the weights of layer ${layer + 1}`,
        zh: `第 ${layer + 1} 层权重的直方图`,
      })}
    />
  );
}
