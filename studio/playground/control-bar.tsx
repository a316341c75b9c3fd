/** The bar on top: run, one step, one epoch, back to the start; where the run is; how fast it goes and when it stops. */
import { type Text, t } from "../language.ts";
import { KeepButton } from "../runs/keep-button.tsx";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Slider } from "../ui/slider.tsx";
import { say } from "../ui/status-line.tsx";
import { changeView, inOrder, shownRecord } from "./actions.ts";
import { Control } from "./control.tsx";
import { EpochIcon, PauseIcon, PlayIcon, ResetIcon, StepIcon } from "./icons.tsx";
import { count, decimals } from "./numbers.ts";
import { playground } from "./play.ts";

/** Steps a second that the slider stops at; 0 is as fast as the machine goes. */
const SPEEDS = [1, 2, 5, 10, 25, 50, 100, 200, 500, 1000, 5000, 0] as const;

export function ControlBar() {
  const { session } = playground();
  const running = session.running.value;
  return (
    <section class="control-bar panel" aria-label={t({ en: "Training", zh: "训练" })}>
      <div class="row buttons">
        <Control name="run">
          <button
            type="button"
            class="button main run"
            aria-keyshortcuts="Space"
            onClick={() => void (running ? session.pause() : session.run())}
          >
            {running ? <PauseIcon /> : <PlayIcon />}
            <span>{running ? t({ en: "Pause", zh: "暂停" }) : t({ en: "Run", zh: "运行" })}</span>
          </button>
        </Control>
        <Control name="step">
          <Button
            label={{ en: "One step (a mini-batch)", zh: "单步（一个小批量）" }}
            icon={<StepIcon />}
            onClick={() => void inOrder(() => session.stepBy(1))}
          />
        </Control>
        <Control name="epoch">
          <Button
            label={{ en: "One epoch", zh: "单轮（遍历一次训练集）" }}
            icon={<EpochIcon />}
            onClick={() => void inOrder(() => session.runEpoch())}
          />
        </Control>
        <Control name="reset">
          <Button
            label={{ en: "Reset to the very same start", zh: "重置到完全相同的起点" }}
            icon={<ResetIcon />}
            onClick={() => void inOrder(() => session.reset())}
          />
        </Control>
        <KeepButton session={session} />
      </div>
      <Readout />
      <div class="row pace">
        <Control name="speed">
          <Speed />
        </Control>
        <Control name="goal">
          <Goal />
        </Control>
      </div>
    </section>
  );
}

/** Epoch, step, loss, accuracy, and the name of the weights. */
function Readout() {
  const { session } = playground();
  const frame = session.frame.value;
  const about = session.about.value;
  const last = frame?.values ?? session.points.value.at(-1);
  const items: [string, string, string?][] = [
    [t({ en: "Epoch", zh: "轮次" }), frame ? frame.epoch.toFixed(1) : "–", "epoch"],
    [t({ en: "Step", zh: "步数" }), frame ? count(frame.step) : "–", "step"],
    [t({ en: "Train loss", zh: "训练损失" }), decimals(last?.loss), "loss"],
  ];
  if (about && about.testRows > 0)
    items.push([t({ en: "Test loss", zh: "测试损失" }), decimals(last?.testLoss), "test-loss"]);
  if (last?.accuracy !== undefined) {
    const shown = last.testAccuracy ?? last.accuracy;
    const name =
      last.testAccuracy === undefined
        ? t({ en: "Accuracy", zh: "准确率" })
        : t({ en: "Test accuracy", zh: "测试准确率" });
    items.push([name, `${(100 * shown).toFixed(1)} %`, "accuracy"]);
  }
  return (
    <dl class="readout">
      {items.map(([name, value, id]) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd data-readout={id}>{value}</dd>
        </div>
      ))}
      <div class="hash">
        <dt>{t({ en: "Weights", zh: "权重指纹" })}</dt>
        <dd>
          <button
            type="button"
            class="hash-button"
            data-readout="hash"
            title={t({
              en: "These eight digits name all weights, bit for bit. Copy a link that replays to this step.",
              zh: "这八位十六进制数逐位标识全部权重。点击复制可重放到这一步的链接。",
            })}
            aria-label={`${t({ en: "Copy a link to this step; weights", zh: "复制到这一步的链接；权重指纹" })} ${frame?.hash ?? ""}`}
            onClick={() => void copyLink()}
          >
            {frame?.hash ?? "········"}
          </button>
        </dd>
      </div>
    </dl>
  );
}

/** The link in the address bar names the step once the run stands still. */
async function copyLink(): Promise<void> {
  const { session } = playground();
  await session.pause();
  // The address follows the record a little later.
  await new Promise((resolve) => setTimeout(resolve, 400));
  try {
    await navigator.clipboard.writeText(location.href);
    say({ en: "Link to this very step copied.", zh: "已复制指向这一步的链接。" });
  } catch {
    say({
      en: "The browser did not allow copying: take the link from the address bar.",
      zh: "浏览器不允许复制：请从地址栏取用链接。",
    });
  }
}

function Speed() {
  const { speed } = shownRecord().view;
  const { session } = playground();
  const nearest = SPEEDS.findIndex((s) => s === 0 || (speed > 0 && s >= speed));
  const at = speed === 0 ? SPEEDS.length - 1 : nearest;
  const name = (i: number) => {
    const s = SPEEDS[i]!;
    return s === 0
      ? t({ en: "full speed", zh: "全速" })
      : t({ en: `${count(s)} steps/s`, zh: `每秒 ${count(s)} 步` });
  };
  const measured = session.running.value ? session.stepsPerSecond.value : 0;
  return (
    <div class="speed">
      <Slider
        label={{ en: "Speed", zh: "速度" }}
        value={at}
        min={0}
        max={SPEEDS.length - 1}
        show={name}
        onChange={(i) => void changeView({ speed: SPEEDS[i]! })}
      />
      <span class="measured" data-readout="rate">
        {measured > 0
          ? t({ en: `${count(Math.round(measured))} /s`, zh: `${count(Math.round(measured))} 步/秒` })
          : ""}
      </span>
    </div>
  );
}

/** Said beside the button, where the reader looks when a run stops by itself; the doctor has the cure. */
const DIVERGED: Text = {
  en: "Stopped: the loss is no finite number. See the doctor.",
  zh: "已停止：损失不再是有限的数。请看“诊断”。",
};

function Goal() {
  const { goal } = shownRecord().view;
  const { session } = playground();
  const halt = session.running.value ? undefined : session.frame.value?.halt;
  return (
    <div class="goal">
      <NumberField
        label={{ en: "Stop at accuracy (%)", zh: "达到准确率停止 (%)" }}
        value={Math.round(goal * 1000) / 10}
        min={0}
        max={100}
        step={0.5}
        onChange={(value) => void changeView({ goal: value / 100 })}
      />
      <span class="reached" role="status">
        {halt === "goal" ? t({ en: "reached", zh: "已达到" }) : ""}
      </span>
      <span class="halted problem" role="status">
        {halt === "notFinite" ? t(DIVERGED) : ""}
      </span>
    </div>
  );
}
