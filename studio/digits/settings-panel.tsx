/** What the network is and how it is trained. A change starts a new network, from the same seed. */
import { type Text, t } from "../language.ts";
import { ACTIVATION_CHOICES } from "../state/experiment.ts";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { Slider } from "../ui/slider.tsx";
import { WidthsField } from "../ui/widths-field.tsx";
import { type DigitsRecord, MOST_LAYERS } from "./setting.ts";

interface Props {
  readonly record: DigitsRecord;
  readonly onChange: (changed: Partial<DigitsRecord>) => void;
}

const WORDS = {
  activation: { en: "Activation", zh: "激活函数" },
  rate: { en: "Learning rate (Adam)", zh: "学习率（Adam）" },
  batch: { en: "Batch size", zh: "批大小" },
  pictures: { en: "Training pictures", zh: "训练图片" },
  epochs: { en: "Epochs", zh: "轮数" },
  seed: { en: "Seed", zh: "随机种子" },
  note: {
    en: "A change starts a new network. The same settings always give the same weights.",
    zh: "更改设置会重新开始。相同的设置总是得到相同的权重。",
  },
} as const satisfies Record<string, Text>;

const same = (value: string): Text => ({ en: value, zh: value });
const numbers = (values: readonly number[], value: number) =>
  [...new Set([...values, value])]
    .sort((a, b) => a - b)
    .map((n) => ({ value: String(n), label: same(n.toLocaleString("en-US")) }));

const BATCHES = [32, 64, 128, 256, 512];
const PICTURES = [2000, 10_000, 60_000];

export function SettingsPanel({ record, onChange }: Props) {
  const { hidden, activation, learningRate, batchSize, pictures, seed, epochs } = record;
  return (
    <div class="settings">
      <WidthsField
        value={hidden}
        layers={MOST_LAYERS}
        units={512}
        onChange={(changed) => onChange({ hidden: changed })}
      />
      <Select
        label={WORDS.activation}
        options={ACTIVATION_CHOICES.map((value) => ({ value, label: same(value) }))}
        value={activation}
        onChange={(value) => onChange({ activation: value })}
      />
      <Slider
        label={WORDS.rate}
        value={learningRate}
        min={0.0001}
        max={0.1}
        log
        onSlide={() => {}}
        onChange={(value) => onChange({ learningRate: value })}
      />
      <Select
        label={WORDS.batch}
        options={numbers(BATCHES, batchSize)}
        value={String(batchSize)}
        onChange={(value) => onChange({ batchSize: Number(value) })}
      />
      <Select
        label={WORDS.pictures}
        options={numbers(PICTURES, pictures)}
        value={String(pictures)}
        onChange={(value) => onChange({ pictures: Number(value) })}
      />
      <NumberField
        label={WORDS.epochs}
        value={epochs}
        min={1}
        max={1000}
        onChange={(value) => onChange({ epochs: value })}
      />
      <NumberField
        label={WORDS.seed}
        value={seed}
        min={0}
        max={0xffffffff}
        onChange={(value) => onChange({ seed: value })}
      />
      <p class="quiet whole">{t(WORDS.note)}</p>
    </div>
  );
}
