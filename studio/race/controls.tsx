/** What is raced, and how: data, network, training, backend. */
import { type Text, t } from "../language.ts";
import { NumberField } from "../ui/number-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import { Slider } from "../ui/slider.tsx";
import { WidthsField } from "../ui/widths-field.tsx";
import { MOST, type RaceRecord } from "./setting.ts";
import { RACE_ACTIVATIONS } from "./terms.ts";

interface Props {
  readonly record: RaceRecord;
  readonly onChange: (changed: Partial<RaceRecord>) => void;
  readonly disabled: boolean;
}

const WORDS = {
  data: { en: "Data", zh: "数据" },
  activation: { en: "Activation", zh: "激活函数" },
  optimizer: { en: "Optimizer", zh: "优化器" },
  rate: { en: "Learning rate", zh: "学习率" },
  batch: { en: "Batch size", zh: "批大小" },
  epochs: { en: "Epochs", zh: "轮数" },
  seed: { en: "Seed of the start weights and batches", zh: "起始权重与批次的随机种子" },
  backend: { en: "TensorFlow.js computes on", zh: "TensorFlow.js 运行于" },
  order: { en: "Run", zh: "运行方式" },
} as const satisfies Record<string, Text>;

const same = (value: string): Text => ({ en: value, zh: value });

const DATA = [
  { value: "moons", label: { en: "Moons (the tutorial's)", zh: "双月（教程数据）" } },
  { value: "circles", label: { en: "Circles", zh: "同心圆" } },
  { value: "spirals", label: { en: "Spirals", zh: "螺旋" } },
  { value: "xor", label: { en: "XOR", zh: "异或" } },
  { value: "iris", label: { en: "Iris (3 classes)", zh: "鸢尾花（3 类）" } },
] as const;

const OPTIMIZERS = [
  { value: "sgd", label: same("SGD") },
  { value: "momentum", label: { en: "SGD, momentum 0.9", zh: "SGD，动量 0.9" } },
  { value: "adam", label: same("Adam") },
] as const;

const BACKENDS = [
  { value: "cpu", label: { en: "cpu (JavaScript)", zh: "cpu（JavaScript）" } },
  { value: "webgl", label: { en: "webgl (graphics card)", zh: "webgl（显卡）" } },
] as const;

const ORDERS = [
  { value: "together", label: { en: "At once", zh: "同时" } },
  { value: "inTurn", label: { en: "One after the other", zh: "先后" } },
] as const;

export function Controls({ record, onChange, disabled }: Props) {
  return (
    <div class="controls">
      <Select
        label={WORDS.data}
        options={DATA}
        value={record.data}
        onChange={(data) => onChange({ data })}
        disabled={disabled}
      />
      <WidthsField
        value={record.hidden}
        layers={MOST.layers}
        units={MOST.units}
        onChange={(hidden) => onChange({ hidden })}
        disabled={disabled}
      />
      <Select
        label={WORDS.activation}
        options={RACE_ACTIVATIONS.map((value) => ({ value, label: same(value) }))}
        value={record.activation}
        onChange={(activation) => onChange({ activation })}
        disabled={disabled}
      />
      <Select
        label={WORDS.optimizer}
        options={OPTIMIZERS}
        value={record.optimizer}
        onChange={(optimizer) => onChange({ optimizer })}
        disabled={disabled}
      />
      <Slider
        label={WORDS.rate}
        value={record.learningRate}
        min={0.0001}
        max={1}
        log
        onChange={(learningRate) => onChange({ learningRate })}
        disabled={disabled}
      />
      <NumberField
        label={WORDS.batch}
        value={record.batchSize}
        min={1}
        max={900}
        onChange={(batchSize) => onChange({ batchSize })}
        disabled={disabled}
      />
      <NumberField
        label={WORDS.epochs}
        value={record.epochs}
        min={1}
        max={1000}
        onChange={(epochs) => onChange({ epochs })}
        disabled={disabled}
      />
      <NumberField
        label={WORDS.seed}
        value={record.seed}
        min={0}
        max={0xffffffff}
        onChange={(seed) => onChange({ seed })}
        disabled={disabled}
      />
      <Segmented
        label={WORDS.backend}
        labelled
        options={BACKENDS}
        value={record.backend}
        onChange={(backend) => onChange({ backend })}
        disabled={disabled}
      />
      <Segmented
        label={WORDS.order}
        labelled
        options={ORDERS}
        value={record.together ? "together" : "inTurn"}
        onChange={(order) => onChange({ together: order === "together" })}
        disabled={disabled}
      />
      {disabled && <p class="unseen">{t({ en: "The race is on.", zh: "比赛进行中。" })}</p>}
    </div>
  );
}
