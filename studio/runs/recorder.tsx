/** Trains a record with one seed after the other, and keeps every run: what bands over seeds are made of. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Refusal } from "../data/refusal.ts";
import { type Text, t } from "../language.ts";
import { FIRST } from "../playground/first.ts";
import { type Experiment, effective } from "../state/experiment.ts";
import { linkedExperiment } from "../state/location.ts";
import { decode } from "../state/url.ts";
import { reach } from "../train/reach.ts";
import { Button } from "../ui/button.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { say } from "../ui/status-line.tsx";
import { dataTitle, trainingTitle } from "./describe.ts";
import { keepRun, runOf } from "./kept.ts";

const WORDS = {
  title: { en: "Train and keep", zh: "训练并保留" },
  lead: {
    en: "The same record with several seeds shows how much of a curve is luck.",
    zh: "用多个随机种子训练同一份设置，就能看出曲线里有多少是运气。",
  },
  source: { en: "What to train", zh: "训练什么" },
  link: { en: "Link to an experiment", zh: "实验的链接" },
  steps: { en: "Steps", zh: "步数" },
  seeds: { en: "Seeds", zh: "种子个数" },
  start: { en: "Train", zh: "开始训练" },
  stop: { en: "Stop", zh: "停止" },
  progress: { en: "Progress", zh: "进度" },
} as const satisfies Record<string, Text>;

type Source = "playground" | "link";
const SOURCES: readonly { readonly value: Source; readonly label: Text }[] = [
  { value: "playground", label: { en: "The Playground as it is", zh: "试验场的当前设置" } },
  { value: "link", label: { en: "A link", zh: "一个链接" } },
];

/** How far it is; null while nothing is trained. Outlives the room: training goes on when the reader looks elsewhere. */
const progress = signal<{ readonly seed: number; readonly of: number; readonly share: number } | null>(null);
const problem = signal<Text | null>(null);
let abort = new AbortController();

/** Trains and keeps `seeds` runs, from the record's own seed upwards. */
async function record(experiment: Experiment, steps: number, seeds: number): Promise<void> {
  abort = new AbortController();
  problem.value = null;
  try {
    for (let i = 0; i < seeds; i++) {
      const own = { ...experiment, seed: (experiment.seed + i) % 2 ** 32, step: steps };
      const onStep = (step: number) => {
        progress.value = { seed: i + 1, of: seeds, share: (i + step / steps) / seeds };
      };
      onStep(0);
      const session = await reach(own, { onStep, abort: abort.signal });
      const run = runOf(session, Date.now());
      session.close();
      if (run) await keepRun(run);
    }
    say({ en: `Kept ${seeds} ${seeds === 1 ? "run" : "runs"}.`, zh: `已保留 ${seeds} 次训练。` });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problem.value = error.text;
  } finally {
    progress.value = null;
  }
}

/** The record that a link to the playground holds. */
function fromLink(link: string): Experiment {
  const query = /#\/playground\??(.*)$/s.exec(link)?.[1];
  if (query === undefined)
    throw new Refusal({
      en: "Link: expected the address of a Playground, with #/playground?…, as the address bar shows it.",
      zh: "链接：应为试验场的地址（含 #/playground?…），即地址栏中所显示的。",
    });
  const { experiment, problems } = decode(query, FIRST);
  if (problems[0]) throw new Refusal(problems[0]);
  return experiment;
}

export function Recorder() {
  const [source, setSource] = useState<Source>("playground");
  const [link, setLink] = useState("");
  const [seeds, setSeeds] = useState(5);
  const playground = linkedExperiment("playground", FIRST).value;
  const [steps, setSteps] = useState(playground.step > 0 ? playground.step : 1000);
  const shown = effective(playground);
  const now = progress.value;
  const start = () => {
    try {
      void record(source === "playground" ? playground : fromLink(link), steps, seeds);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = error.text;
    }
  };
  return (
    <section class="panel stack recorder" aria-labelledby="recorder-title">
      <h2 id="recorder-title">{t(WORDS.title)}</h2>
      <p class="quiet">{t(WORDS.lead)}</p>
      <Segmented label={WORDS.source} options={SOURCES} value={source} onChange={setSource} labelled />
      {source === "playground" ? (
        <p>
          {t(dataTitle(shown))} · {t(trainingTitle(shown))}
        </p>
      ) : (
        <div class="field">
          <label class="label" for="recorder-link">
            {t(WORDS.link)}
          </label>
          <input
            id="recorder-link"
            type="text"
            value={link}
            placeholder="…/#/playground?data.kind=spirals&…"
            onInput={(event) => setLink(event.currentTarget.value)}
          />
        </div>
      )}
      <div class="row">
        <NumberField label={WORDS.steps} value={steps} onChange={setSteps} min={1} max={1_000_000} />
        <NumberField label={WORDS.seeds} value={seeds} onChange={setSeeds} min={1} max={20} />
      </div>
      <div class="row">
        {now === null ? (
          <Button label={WORDS.start} kind="main" onClick={start} />
        ) : (
          <>
            <Button label={WORDS.stop} onClick={() => abort.abort()} />
            <progress aria-label={t(WORDS.progress)} value={now.share} max={1} />
            <span class="quiet">
              {t({ en: `seed ${now.seed} of ${now.of}`, zh: `第 ${now.seed} / ${now.of} 个种子` })}
            </span>
          </>
        )}
      </div>
      {problem.value && <ErrorBox text={problem.value} />}
    </section>
  );
}
