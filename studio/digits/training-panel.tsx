/** Training: the data, start and pause, the figures of the moment, loss and test accuracy over the steps. */
import { useMemo } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Curves } from "../ui/curves.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import { Figures } from "../ui/figures.tsx";
import { DataPanel } from "./data-panel.tsx";
import { lossPlaces } from "./loss-places.ts";
import { digitsState } from "./room-state.ts";
import type { Progress, TestPoint } from "./session.ts";
import { SettingsPanel } from "./settings-panel.tsx";

const WORDS = {
  title: { en: "Training", zh: "训练" },
  train: { en: "Train", zh: "训练" },
  goOn: { en: "Go on", zh: "继续" },
  more: { en: "Train on", zh: "再训练" },
  pause: { en: "Pause", zh: "暂停" },
  again: { en: "Start again", zh: "重新开始" },
  settings: { en: "Network and settings", zh: "网络与设置" },
  loss: { en: "Loss (training batches)", zh: "损失（训练批次）" },
  accuracy: { en: "Test accuracy", zh: "测试准确率" },
  lossAxis: { en: "Loss", zh: "损失" },
  accuracyAxis: { en: "Test accuracy, %", zh: "测试准确率（%）" },
  step: { en: "Step", zh: "步" },
  diverged: {
    en: "The loss is no finite number any more; training stopped before that step. Choose a smaller learning rate.",
    zh: "损失不再是有限的数，训练已在该步之前停止。请降低学习率。",
  },
} as const satisfies Record<string, Text>;

export function TrainingPanel() {
  const { session, record, change, load, pick, run, restart } = digitsState();
  const { data, built, progress, tests, problem } = session;
  const { running, why, losses } = progress.value;
  const start = losses.length === 0 ? WORDS.train : why === "done" ? WORDS.more : WORDS.goOn;
  return (
    <section class="panel training" aria-labelledby="digits-training">
      <h2 id="digits-training">{t(WORDS.title)}</h2>
      <DataPanel data={data.value} onLoad={load} onPick={pick} />
      {problem.value && <ErrorBox text={problem.value} />}
      {built.value && (
        <>
          <div class="row">
            {running ? (
              <Button kind="main" label={WORDS.pause} onClick={session.pause} />
            ) : (
              <Button kind="main" label={start} onClick={run} disabled={why === "diverged"} />
            )}
            <Button label={WORDS.again} onClick={restart} />
          </div>
          {why === "diverged" && <ErrorBox text={WORDS.diverged} />}
          <Numbers />
          <LossCurves progress={progress.value} tests={tests.value} />
        </>
      )}
      <details>
        <summary>{t(WORDS.settings)}</summary>
        <SettingsPanel record={record.value} onChange={change} />
      </details>
    </section>
  );
}

function Numbers() {
  const { session, record } = digitsState();
  const { built, progress, tests } = session;
  const { losses, picturesPerSecond } = progress.value;
  const last = tests.value.at(-1);
  const recent = losses.subarray(-20);
  const loss = recent.reduce((a, b) => a + b, 0) / recent.length;
  const { threads, stepsPerEpoch, parameters } = built.value!;
  const rows: readonly [Text, string][] = [
    [{ en: "Test accuracy", zh: "测试准确率" }, last ? `${(100 * last.accuracy).toFixed(2)} %` : "–"],
    [{ en: "Loss, last 20 steps", zh: "近 20 步损失" }, recent.length > 0 ? loss.toFixed(4) : "–"],
    [
      { en: "Epoch", zh: "轮次" },
      `${(losses.length / stepsPerEpoch).toFixed(1)} / ${Math.max(record.value.epochs, Math.ceil(losses.length / stepsPerEpoch))}`,
    ],
    [{ en: "Step", zh: "步数" }, losses.length.toLocaleString("en-US")],
    [
      { en: "Pictures a second", zh: "每秒图片数" },
      picturesPerSecond > 0 ? Math.round(picturesPerSecond).toLocaleString("en-US") : "–",
    ],
    [{ en: "Weights · threads", zh: "参数 · 线程" }, `${parameters.toLocaleString("en-US")} · ${threads}`],
  ];
  return <Figures rows={rows} />;
}

function LossCurves({
  progress: { losses },
  tests,
}: {
  readonly progress: Progress;
  readonly tests: readonly TestPoint[];
}) {
  const { x, loss, accuracy } = useMemo(() => lossPlaces(losses, tests), [losses, tests]);
  const last = tests.at(-1);
  return (
    <Curves
      label={{
        en: `Loss and test accuracy over ${losses.length} steps${last ? `; test accuracy now ${(100 * last.accuracy).toFixed(2)} %` : ""}`,
        zh: `${losses.length} 步中的损失与测试准确率${last ? `；当前测试准确率 ${(100 * last.accuracy).toFixed(2)} %` : ""}`,
      }}
      xLabel={WORDS.step}
      x={x}
      left={WORDS.lossAxis}
      right={WORDS.accuracyAxis}
      log
      lines={[
        { label: WORDS.loss, colour: (p) => p.negative, values: loss },
        { label: WORDS.accuracy, colour: (p) => p.positive, values: accuracy, axis: "right", points: true },
      ]}
    />
  );
}
