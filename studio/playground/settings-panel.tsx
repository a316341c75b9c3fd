/** How the network learns: optimizer and its settings, schedule, batch, loss, regularization, start. */
import { type Text, t } from "../language.ts";
import {
  INITIALIZER_CHOICES,
  LOSS_CHOICES,
  OPTIMIZER_CHOICES,
  SCHEDULE_CHOICES,
} from "../state/experiment.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { Slider } from "../ui/slider.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { change, changeOptimizer, changeRegularization, changeSchedule, shownRecord } from "./actions.ts";
import { Control } from "./control.tsx";
import { DiceIcon } from "./icons.tsx";
import { LOSS_NAMES } from "./layer-heads.tsx";

/** Names that are the same in both languages, as the library writes them. */
const same = (name: string): Text => ({ en: name, zh: name });

const SCHEDULE_NAMES: Readonly<Record<(typeof SCHEDULE_CHOICES)[number], Text>> = {
  constant: { en: "constant", zh: "恒定" },
  exponential: { en: "exponential decay", zh: "指数衰减" },
  step: { en: "halving in steps", zh: "阶梯衰减" },
  cosine: { en: "cosine decay", zh: "余弦衰减" },
};

export function SettingsPanel() {
  const record = shownRecord();
  const { optimizer, regularization } = record;
  return (
    <section class="panel settings" aria-label={t({ en: "How it learns", zh: "学习设置" })}>
      <div class="strip">
        <Control name="optimizer">
          <Select
            label={{ en: "Optimizer", zh: "优化器" }}
            options={OPTIMIZER_CHOICES.map((value) => ({ value, label: same(value) }))}
            value={optimizer.name}
            onChange={(name) => void changeOptimizer({ name })}
          />
        </Control>
        {!isFullBatch() && (
          <>
            <Control name="learningRate">
              <div class="rate">
                <Slider
                  label={{ en: "Learning rate", zh: "学习率" }}
                  value={optimizer.learningRate}
                  min={0.0001}
                  max={10}
                  log
                  onChange={(learningRate) => void changeOptimizer({ learningRate })}
                />
              </div>
            </Control>
            <Control name="batch">
              <NumberField
                label={{ en: "Batch size", zh: "批大小" }}
                value={record.batchSize}
                min={1}
                max={2000}
                onChange={(batchSize) => void change(() => ({ batchSize }))}
              />
            </Control>
          </>
        )}
        <Control name="loss">
          <Select
            label={{ en: "Loss", zh: "损失函数" }}
            options={LOSS_CHOICES.map((value) => ({ value, label: LOSS_NAMES[value]! }))}
            value={record.loss}
            onChange={(loss) => void change(() => ({ loss }))}
          />
        </Control>
        <Control name="regularization">
          <NumberField
            label={same("L1")}
            value={regularization.l1}
            min={0}
            max={10}
            step={0.0005}
            onChange={(l1) => void changeRegularization({ l1 })}
          />
          <NumberField
            label={same("L2")}
            value={regularization.l2}
            min={0}
            max={10}
            step={0.0005}
            onChange={(l2) => void changeRegularization({ l2 })}
          />
        </Control>
        <Control name="seed">
          <div class="row with-dice">
            <NumberField
              label={{ en: "Seed", zh: "随机种子" }}
              value={record.seed}
              min={0}
              max={4294967295}
              onChange={(seed) => void change(() => ({ seed }))}
            />
            <Button
              label={{ en: "Another seed", zh: "换一个种子" }}
              icon={<DiceIcon />}
              onClick={() => void change(({ seed }) => ({ seed: (seed + 1) % 4294967296 }))}
            />
          </div>
        </Control>
      </div>
      <details>
        <summary>{t({ en: "More settings", zh: "更多设置" })}</summary>
        <div class="strip">
          <Control name="optimizer">
            <OptimizerSettings />
          </Control>
          {!isFullBatch() && (
            <Control name="schedule">
              <ScheduleSettings />
            </Control>
          )}
          <Control name="initializer">
            <Select
              label={{ en: "Initializer", zh: "初始化" }}
              options={INITIALIZER_CHOICES.map((value) => ({ value, label: same(value) }))}
              value={record.initializer}
              onChange={(initializer) => void change(() => ({ initializer }))}
            />
          </Control>
        </div>
      </details>
    </section>
  );
}

/** Minimizers take all points at once and find their own step length. */
const isFullBatch = (): boolean => ["lbfgs", "conjugateGradient"].includes(shownRecord().optimizer.name);

function ScheduleSettings() {
  const { schedule } = shownRecord();
  return (
    <>
      <Select
        label={{ en: "Schedule", zh: "学习率调度" }}
        options={SCHEDULE_CHOICES.map((value) => ({ value, label: SCHEDULE_NAMES[value] }))}
        value={schedule.kind}
        onChange={(kind) => void changeSchedule({ kind })}
      />
      {schedule.kind !== "constant" && (
        <NumberField
          label={{ en: "over steps", zh: "步数跨度" }}
          value={schedule.steps}
          min={1}
          max={1e7}
          step={100}
          onChange={(steps) => void changeSchedule({ steps })}
        />
      )}
      {(schedule.kind === "exponential" || schedule.kind === "step") && (
        <NumberField
          label={{ en: "times", zh: "每次乘以" }}
          value={schedule.rate}
          min={0.001}
          max={1}
          step={0.05}
          onChange={(rate) => void changeSchedule({ rate })}
        />
      )}
      <NumberField
        label={{ en: "Warm-up steps", zh: "预热步数" }}
        value={schedule.warmup}
        min={0}
        max={1e6}
        step={10}
        onChange={(warmup) => void changeSchedule({ warmup })}
      />
    </>
  );
}

/** The numbers that the chosen optimizer has besides its learning rate. */
function OptimizerSettings() {
  const { optimizer } = shownRecord();
  const share = (key: "momentum" | "beta1" | "beta2" | "rho", label: Text, max: number) => (
    <NumberField
      key={key}
      label={label}
      value={optimizer[key]}
      min={0}
      max={max}
      step={0.01}
      onChange={(value) => void changeOptimizer({ [key]: value })}
    />
  );
  const decay = (
    <NumberField
      key="decay"
      label={{ en: "Weight decay", zh: "权重衰减" }}
      value={optimizer.weightDecay}
      min={0}
      max={10}
      step={0.001}
      onChange={(weightDecay) => void changeOptimizer({ weightDecay })}
    />
  );
  const momentum = share("momentum", { en: "Momentum", zh: "动量" }, 0.999);
  switch (optimizer.name) {
    case "sgd":
      return (
        <>
          {momentum}
          {optimizer.momentum > 0 && (
            <Toggle
              label={same("Nesterov")}
              value={optimizer.nesterov}
              onChange={(nesterov) => void changeOptimizer({ nesterov })}
            />
          )}
          {decay}
        </>
      );
    case "adam":
    case "adamW":
      return (
        <>
          {share("beta1", same("β₁"), 0.9999)}
          {share("beta2", same("β₂"), 0.99999)}
          {optimizer.name === "adamW" && decay}
        </>
      );
    case "rmsprop":
      return (
        <>
          {share("rho", same("ρ"), 0.9999)}
          {momentum}
        </>
      );
    case "lbfgs":
      return (
        <NumberField
          label={{ en: "Memory", zh: "记忆长度" }}
          value={optimizer.memory}
          min={1}
          max={100}
          onChange={(memory) => void changeOptimizer({ memory })}
        />
      );
    case "adagrad":
    case "conjugateGradient":
      return null;
  }
}
