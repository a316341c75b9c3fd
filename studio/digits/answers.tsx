/** What the network makes of the drawing: the picture it gets, every layer's answer, the probabilities, saliency. */
import { type Text, t } from "../language.ts";
import { PIXELS, SIDE } from "./centre.ts";
import { PixelPicture } from "./pixel-picture.tsx";
import { likeliest } from "./predictions.ts";
import { Probabilities } from "./probabilities.tsx";
import { digitsState } from "./room-state.ts";

const WORDS = {
  seen: { en: "What the network gets", zh: "网络看到的图" },
  seenNote: { en: "20 × 20 box, centre of mass in 28 × 28", zh: "缩放至 20 × 20，重心居中于 28 × 28" },
  saliency: {
    en: "Gradient of its score by each pixel: more ink at orange raises it, at blue lowers it",
    zh: "得分对各像素的梯度：橙色处加墨使其升高，蓝色处使其降低",
  },
  empty: {
    en: "Write a digit on the pad, or take a test picture.",
    zh: "请在绘图板上写一个数字，或选用一张测试图片。",
  },
  none: {
    en: "Train a network first, then every layer answers here.",
    zh: "请先训练网络，各层的输出会显示在这里。",
  },
} as const satisfies Record<string, Text>;

const BLANK = new Uint8Array(PIXELS);

export function Answers() {
  const { session, picture, digit, unit, answer: current } = digitsState();
  const { value: answer } = current;
  return (
    <div class="answers">
      <div class="stack">
        <figure>
          <PixelPicture
            values={picture.value ?? BLANK}
            columns={SIDE}
            kind="ink"
            most={255}
            label={t(WORDS.seen)}
          />
          <figcaption>
            {t(WORDS.seen)}
            <small>{t(WORDS.seenNote)}</small>
          </figcaption>
        </figure>
        {answer && <Saliency digit={answer.digit} values={answer.saliency} />}
      </div>
      {answer && (
        <div class="stack">
          {answer.hidden.map((values, k) => (
            <LayerAnswer
              key={k}
              layer={k + 1}
              values={values}
              onUnit={
                k > 0
                  ? null
                  : (at) => {
                      unit.value = at;
                    }
              }
            />
          ))}
        </div>
      )}
      <div class="output">
        <Probabilities
          probabilities={answer?.probabilities ?? null}
          digit={answer?.digit ?? null}
          chosen={digit.value !== null}
          onChoose={(k) => {
            digit.value = k;
          }}
        />
        {answer && <Reading read={likeliest(answer.probabilities)} />}
        {answer === null && <p class="quiet">{t(session.built.value === null ? WORDS.none : WORDS.empty)}</p>}
      </div>
    </div>
  );
}

function Saliency({ digit, values }: { readonly digit: number; readonly values: Float32Array }) {
  const title: Text = { en: `What speaks for a ${digit}`, zh: `哪些像素支持 ${digit}` };
  return (
    <figure>
      <PixelPicture values={values} columns={SIDE} kind="signed" label={t(title)} />
      <figcaption>
        {t(title)}
        <small>{t(WORDS.saliency)}</small>
      </figcaption>
    </figure>
  );
}

/** Says what the network reads, and, for a test picture, what it is. Screen readers hear it when it changes. */
function Reading({ read }: { readonly read: number }) {
  const { session, drawing } = digitsState();
  const { value: now } = drawing;
  const { value: data } = session.data;
  const truth = now.kind === "sample" && data.status === "loaded" ? data.labels[now.index] : undefined;
  return (
    <p class="verdict" aria-live="polite">
      {t({ en: `The network reads ${read}.`, zh: `网络读作 ${read}。` })}
      {truth !== undefined &&
        t({
          en: ` It is a ${truth}${truth === read ? "." : ": a mistake."}`,
          zh: `实际是 ${truth}${truth === read ? "。" : "，识别错误。"}`,
        })}
    </p>
  );
}

interface LayerProps {
  readonly layer: number;
  readonly values: Float32Array;
  readonly onUnit: ((unit: number) => void) | null;
}

/** The activations of a hidden layer, a square for each unit; a click on one of the first layer enlarges the unit. */
function LayerAnswer({ layer, values, onUnit }: LayerProps) {
  const columns = values.length > 100 ? 20 : 10;
  const name: Text = {
    en: `Layer ${layer}: ${values.length} units`,
    zh: `第 ${layer} 层：${values.length} 个单元`,
  };
  return (
    <figure>
      <PixelPicture
        values={values}
        columns={columns}
        kind="signed"
        label={t(name)}
        {...(onUnit && { onPick: onUnit })}
      />
      <figcaption>{t(name)}</figcaption>
    </figure>
  );
}
