/**
 * The Race room: one network trained by papergrad and by TensorFlow.js's Keras-style layers side by side, from the same
 * start weights on the same batches: the tutorial's comparison of NumPy and Keras, live.
 */
import type { Signal } from "@preact/signals";
import { type Text, t } from "../language.ts";
import { linkedRecord } from "../state/location.ts";
import { Button } from "../ui/button.tsx";
import { Controls } from "./controls.tsx";
import { apart, type Course, makeCourse, SIDES } from "./course.ts";
import { Lane, speedOf } from "./lane.tsx";
import { LossCurves } from "./loss-curves.tsx";
import "./race.css";
import { WARM_UP } from "./serve.ts";
import { type RaceRecord, raceLink } from "./setting.ts";
import { parametersOf, type Terms } from "./terms.ts";

const WORDS = {
  title: { en: "A race of two libraries", zh: "两个库的赛跑" },
  about: {
    en: "The same network, the same start weights, the same batches in the same order, trained by papergrad and by TensorFlow.js. The losses should agree; the speeds need not.",
    zh: "同一个网络、相同的起始权重、相同顺序的相同批次，分别由 papergrad 和 TensorFlow.js 训练。损失应当一致，速度则各凭本事。",
  },
  race: { en: "The race", zh: "比赛设置" },
  start: { en: "Start the race", zh: "开始比赛" },
  stop: { en: "Stop", zh: "停止" },
  load: {
    en: "TensorFlow.js (about 1 MB) is loaded when the race starts, from this studio's own files.",
    zh: "比赛开始时才从本工作室加载 TensorFlow.js（约 1 MB）。",
  },
  terms: { en: "The terms", zh: "比赛规则" },
} as const satisfies Record<string, Text>;

const TERMS: readonly Text[] = [
  {
    en: "Both train in float32 on one thread, each in a worker of its own.",
    zh: "双方都使用 float32、单线程，各在自己的后台线程中训练。",
  },
  {
    en: "Start weights: Glorot uniform, biases 0, drawn from the seed by papergrad and given to both.",
    zh: "起始权重：Glorot 均匀分布，偏置为 0，由 papergrad 按种子抽取后交给双方。",
  },
  {
    en: "The clock runs for taking each batch, the step, and reading its loss; not for loading or drawing.",
    zh: "计时包括取批次、执行训练步和读取损失，不包括加载和绘图。",
  },
  {
    en: `Before the clock starts, each trains ${WARM_UP} steps on a copy, so that everything is compiled.`,
    zh: `计时开始前，双方各在副本上训练 ${WARM_UP} 步，使代码都已编译。`,
  },
  {
    en: "Adam's ε is 1e-7 on both sides; each library's own default differs.",
    zh: "双方 Adam 的 ε 都取 1e-7，两个库的默认值不同。",
  },
];

let known: { readonly record: Signal<RaceRecord>; readonly course: Course } | null = null;

/** Record and race of the room, the same for ever: a race goes on while another room is shown. */
function raceState() {
  known ??= { record: linkedRecord("race", raceLink), course: makeCourse() };
  return known;
}

export function Room() {
  const { record, course } = raceState();
  const { sides, steps, running, terms } = course;
  const { papergrad, tensorflow } = sides.value;
  const { backend, together, ...setting } = record.value;
  const hasStarted = papergrad.losses.length + tensorflow.losses.length > 0;
  return (
    <div class="race">
      <header>
        <h1>{t(WORDS.title)}</h1>
        <p class="quiet">{t(WORDS.about)}</p>
      </header>
      <section class="panel stack" aria-labelledby="race-settings">
        <h2 id="race-settings">{t(WORDS.race)}</h2>
        <Controls
          record={record.value}
          disabled={running.value}
          onChange={(changed) => {
            record.value = { ...record.value, ...changed };
          }}
        />
        <div class="row">
          {running.value ? (
            <Button kind="main" label={WORDS.stop} onClick={course.stop} />
          ) : (
            <Button
              kind="main"
              label={WORDS.start}
              onClick={() => course.start(setting, { backend, together })}
            />
          )}
          <span class="quiet">{t(WORDS.load)}</span>
        </div>
      </section>
      <div class="lanes">
        {SIDES.map((name) => (
          <Lane key={name} name={name} side={sides.value[name]} steps={steps.value} backend={backend} />
        ))}
      </div>
      <Outcome />
      {hasStarted && <LossCurves papergrad={papergrad.losses} tensorflow={tensorflow.losses} />}
      <section class="panel stack" aria-labelledby="race-terms">
        <h2 id="race-terms">{t(WORDS.terms)}</h2>
        {terms.value && <p>{t(networkText(terms.value))}</p>}
        <ul>
          {TERMS.map((term) => (
            <li key={term.en}>{t(term)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Who is how much faster, and how far losses and weights are apart. */
function Outcome() {
  const { papergrad, tensorflow } = raceState().course.sides.value;
  const common = Math.min(papergrad.losses.length, tensorflow.losses.length);
  if (common === 0) return null;
  const ratio = speedOf(papergrad) / speedOf(tensorflow);
  const { most, at } = apart(papergrad.losses, tensorflow.losses);
  const weights = papergrad.weights.map((w, i) => apart(w, tensorflow.weights[i] ?? []).most);
  const both = papergrad.status === "finished" && tensorflow.status === "finished";
  return (
    <section class="panel outcome" aria-live={both ? "polite" : "off"}>
      <p class="headline">{t(speedText(ratio))}</p>
      <p>{t(lossText(common, most, at))}</p>
      {both && <p>{t(weightText(Math.max(...weights)))}</p>}
    </section>
  );
}

const short = (value: number): string => (value === 0 ? "0" : value.toExponential(1).replace("-", "−"));
const times = (ratio: number): string => (ratio >= 10 ? Math.round(ratio).toString() : ratio.toFixed(1));

const speedText = (ratio: number): Text =>
  ratio >= 1
    ? {
        en: `papergrad does ${times(ratio)} steps while TensorFlow.js does one.`,
        zh: `TensorFlow.js 每走 1 步，papergrad 走 ${times(ratio)} 步。`,
      }
    : {
        en: `TensorFlow.js does ${times(1 / ratio)} steps while papergrad does one.`,
        zh: `papergrad 每走 1 步，TensorFlow.js 走 ${times(1 / ratio)} 步。`,
      };

const lossText = (steps: number, most: number, at: number): Text => ({
  en: `Over the ${steps.toLocaleString("en-US")} steps that both have done, their losses differ by at most ${short(most)} (at step ${at + 1}).`,
  zh: `在双方都完成的 ${steps} 步中，损失最多相差 ${short(most)}（第 ${at + 1} 步）。`,
});

const weightText = (most: number): Text => ({
  en: `At the end no weight differs by more than ${short(most)}.`,
  zh: `结束时，任何权重的差都不超过 ${short(most)}。`,
});

const networkText = (terms: Terms): Text => {
  const { features, outputs, setting, train, test } = terms;
  const shape = [features, ...setting.hidden, outputs].join("-");
  const weights = parametersOf(terms).toLocaleString("en-US");
  return {
    en: `Network ${shape}, ${weights} weights; ${train.y.length} training and ${test.y.length} test points.`,
    zh: `网络 ${shape}，${weights} 个参数；训练点 ${train.y.length} 个，测试点 ${test.y.length} 个。`,
  };
};
