/** The Digits room: trains MNIST in the page, answers what a person draws, and shows what the network has learnt. */
import { type Text, t } from "../language.ts";
import "./digits.css";
import { DrawPanel } from "./draw-panel.tsx";
import { digitsState } from "./room-state.ts";
import { TestPanel } from "./test-panel.tsx";
import { TrainingPanel } from "./training-panel.tsx";
import { WeightsView } from "./weights-view.tsx";

const WORDS = {
  title: { en: "Handwritten digits", zh: "手写数字识别" },
  about: {
    en: "A network learns to read 60,000 digits, here in your browser. Draw one and watch every layer answer.",
    zh: "网络就在你的浏览器里学习识读六万个手写数字。写下一个数字，看每一层如何回应。",
  },
  weights: { en: "First layer", zh: "第一层" },
} as const satisfies Record<string, Text>;

export function Room() {
  const { session, picture, answer, unit } = digitsState();
  const { weights, startWeights } = session;
  return (
    <div class="digits">
      <header>
        <h2>{t(WORDS.title)}</h2>
        <p class="quiet">{t(WORDS.about)}</p>
      </header>
      <TrainingPanel />
      <DrawPanel />
      {weights.value && startWeights.value && (
        <section class="panel first-layer" aria-labelledby="digits-weights">
          <h2 id="digits-weights">{t(WORDS.weights)}</h2>
          <WeightsView
            weights={weights.value}
            start={startWeights.value}
            activations={answer.value?.hidden[0] ?? null}
            picture={picture.value}
            unit={unit.value}
            onUnit={(next) => {
              unit.value = next;
            }}
          />
        </section>
      )}
      <TestPanel />
    </div>
  );
}
