/** One side of the race: how far it is, how fast, what its loss is, and what went wrong. */
import { type Text, t } from "../language.ts";
import { ErrorBox } from "../ui/error-box.tsx";
import { Figures } from "../ui/figures.tsx";
import type { Side, SideName } from "./course.ts";
import type { TensorFlowBackend } from "./terms.ts";

interface Props {
  readonly name: SideName;
  readonly side: Side;
  readonly steps: number;
  readonly backend: TensorFlowBackend;
}

/** What a side is called before it has said so itself. */
const TITLES: Readonly<Record<SideName, string>> = { papergrad: "papergrad", tensorflow: "TensorFlow.js" };

const STATUS: Readonly<Record<Side["status"], Text>> = {
  idle: { en: "Not started", zh: "未开始" },
  preparing: { en: "Loading, compiling, warming up …", zh: "加载、编译、预热中……" },
  ready: { en: "Ready", zh: "就绪" },
  running: { en: "Training", zh: "训练中" },
  finished: { en: "Finished", zh: "已完成" },
  diverged: { en: "Stopped", zh: "已停止" },
  missing: { en: "Not available", zh: "不可用" },
  failed: { en: "Failed", zh: "失败" },
};

/** Steps a second over the whole race so far; 0 before the first. */
export const speedOf = ({ losses, seconds }: Side): number => (seconds > 0 ? losses.length / seconds : 0);

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

export function Lane({ name, side, steps, backend }: Props) {
  const speed = speedOf(side);
  const done = side.losses.length;
  const rows: readonly [Text, string][] = [
    [{ en: "Steps a second", zh: "每秒步数" }, speed > 0 ? whole(speed) : "–"],
    [{ en: "Steps", zh: "步数" }, steps > 0 ? `${whole(done)} / ${whole(steps)}` : "–"],
    [{ en: "Seconds of training", zh: "训练用时（秒）" }, done > 0 ? side.seconds.toFixed(2) : "–"],
    [{ en: "Loss", zh: "损失" }, done > 0 ? side.losses[done - 1]!.toFixed(6) : "–"],
    [
      { en: "Test accuracy", zh: "测试准确率" },
      side.accuracy === null ? "–" : `${(100 * side.accuracy).toFixed(1)} %`,
    ],
    [
      { en: "Seconds until ready", zh: "就绪用时（秒）" },
      side.readyAfter > 0 ? side.readyAfter.toFixed(2) : "–",
    ],
  ];
  return (
    <section class={`panel lane ${name}`} aria-labelledby={`race-${name}`}>
      <header>
        <h2 id={`race-${name}`}>{side.name === "" ? TITLES[name] : side.name}</h2>
        <p class="quiet" aria-live="polite">
          {t(STATUS[side.status])}
        </p>
      </header>
      <progress value={done} max={Math.max(1, steps)} aria-labelledby={`race-${name}`} />
      <Figures rows={rows} />
      {side.status === "diverged" && <ErrorBox text={diverged(done)} />}
      {side.status === "missing" && <ErrorBox text={missing(backend)} />}
      {side.status === "failed" && <ErrorBox text={failed(side.message)} />}
    </section>
  );
}

const diverged = (done: number): Text => ({
  en: `The loss is no finite number after step ${done}. Choose a smaller learning rate.`,
  zh: `第 ${done} 步之后损失不再是有限的数。请降低学习率。`,
});
const missing = (backend: string): Text => ({
  en: `TensorFlow.js cannot start its backend ${backend} in this browser. Choose another one.`,
  zh: `TensorFlow.js 无法在此浏览器中启动 ${backend} 后端。请选择其他后端。`,
});
const failed = (message: string): Text => ({
  en: `It could not run: ${message}`,
  zh: `无法运行：${message}`,
});
