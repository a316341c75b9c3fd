/** The laboratory: the recursion on a network of the reader's, every gradient beside its measurement. */
import { useState } from "preact/hooks";
import { Refusal } from "../../data/refusal.ts";
import { type Text, t } from "../../language.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { ask } from "../asking.ts";
import {
  type Finding,
  type HiddenActivation,
  type Mistake,
  MOST_LAYERS,
  MOST_UNITS,
  PASSES,
  widthsIn,
} from "../laboratory.ts";
import { scientific } from "../lesson.ts";
import { Scroller } from "./scroller.tsx";

const WORDS = {
  widths: {
    en: `Widths, inputs first (up to ${MOST_LAYERS} layers of 1 to ${MOST_UNITS})`,
    zh: `各层宽度，输入在前（最多 ${MOST_LAYERS} 层，每层 1 到 ${MOST_UNITS}）`,
  },
  activation: { en: "Hidden layers", zh: "隐藏层" },
  mistake: { en: "On the way back", zh: "反向时" },
  go: { en: "Compute and measure", zh: "计算并测量" },
  working: { en: "Measuring …", zh: "正在测量……" },
  caption: {
    en: "Recursion against finite differences, all entries of each gradient",
    zh: "递推与有限差分对照，每个梯度的所有元素",
  },
  parameter: { en: "gradient of", zh: "梯度" },
  size: { en: "size", zh: "尺寸" },
  largest: { en: "largest entry", zh: "最大元素" },
  error: { en: "largest relative error", zh: "最大相对误差" },
  verdict: { en: "verdict", zh: "结论" },
  agrees: { en: "agrees", zh: "一致" },
  wrong: { en: "wrong", zh: "错误" },
  kinks: { en: "only kinks", zh: "全在折点" },
  badWidths: {
    en: `Widths: expected 2 to ${MOST_LAYERS + 1} whole numbers from 1 to ${MOST_UNITS}, such as 3-5-4-2.`,
    zh: `宽度：应为 2 到 ${MOST_LAYERS + 1} 个 1 到 ${MOST_UNITS} 的整数，例如 3-5-4-2。`,
  },
} as const satisfies Record<string, Text>;

const ACTIVATIONS: readonly { readonly value: HiddenActivation; readonly label: Text }[] = [
  { value: "tanh", label: { en: "tanh", zh: "tanh" } },
  { value: "sigmoid", label: { en: "sigmoid", zh: "sigmoid" } },
  { value: "relu", label: { en: "relu", zh: "relu" } },
];

const MISTAKE_WORDS: readonly { readonly value: Mistake; readonly label: Text }[] = [
  { value: "none", label: { en: "no mistake", zh: "没有错误" } },
  { value: "noSlope", label: { en: "f′ is forgotten", zh: "忘了乘 f′" } },
  { value: "valueForSlope", label: { en: "f(z) is taken for f′(z)", zh: "把 f(z) 当成 f′(z)" } },
  {
    value: "notDivided",
    label: { en: "δ of the last layer is not divided by m", zh: "最后一层的 δ 没有除以 m" },
  },
];

/** Reader's text → widths, or null. */
function readWidths(text: string): number[] | null {
  try {
    return widthsIn(text);
  } catch {
    return null;
  }
}

export function Laboratory() {
  const [text, setText] = useState("3-4-2-5-2");
  const [activation, setActivation] = useState<HiddenActivation>("tanh");
  const [mistake, setMistake] = useState<Mistake>("none");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Text | null>(null);
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const measure = async () => {
    const widths = readWidths(text);
    setProblem(widths ? null : WORDS.badWidths);
    setFindings([]);
    if (!widths || busy) return;
    setBusy(true);
    try {
      setFindings(await ask("laboratory", { widths, activation, mistake, seed: 1 }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setProblem(error.text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="panel laboratory stack"
      onSubmit={(event) => {
        event.preventDefault();
        void measure();
      }}
    >
      <div class="row">
        <div class="field">
          <label class="label" for="laboratory-widths">
            {t(WORDS.widths)}
          </label>
          <input
            id="laboratory-widths"
            type="text"
            autocomplete="off"
            value={text}
            aria-invalid={problem === WORDS.badWidths}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <Segmented
          label={WORDS.activation}
          labelled
          options={ACTIVATIONS}
          value={activation}
          onChange={setActivation}
        />
        <Select label={WORDS.mistake} options={MISTAKE_WORDS} value={mistake} onChange={setMistake} />
      </div>
      <div>
        <button type="submit" class="button main" aria-disabled={busy}>
          {t(busy ? WORDS.working : WORDS.go)}
        </button>
      </div>
      {problem && <ErrorBox text={problem} />}
      <div role="status">{findings.length > 0 && <FindingsTable findings={findings} />}</div>
    </form>
  );
}

function FindingsTable({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <Scroller label={t(WORDS.caption)}>
      <table class="findings">
        <caption>{t(WORDS.caption)}</caption>
        <thead>
          <tr>
            {[WORDS.parameter, WORDS.size, WORDS.largest, WORDS.error, WORDS.verdict].map((head) => (
              <th key={head.en} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map(({ parameter, shape, worst, largest }) => {
            const verdict = Number.isNaN(worst) ? WORDS.kinks : worst < PASSES ? WORDS.agrees : WORDS.wrong;
            return (
              <tr key={parameter}>
                <th scope="row">{parameter}</th>
                <td>{`${shape[0]} × ${shape[1]}`}</td>
                <td>{largest.toPrecision(3)}</td>
                <td>{Number.isNaN(worst) ? "—" : scientific(worst)}</td>
                <td class={verdict === WORDS.wrong ? "bad" : "good"}>{t(verdict)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}
