/** The last layer: how likely each digit is, as bars. A bar is a button that asks what its digit's score depends on. */
import { type Text, t } from "../language.ts";
import { CLASSES, likeliest } from "./predictions.ts";

interface Props {
  readonly probabilities: ArrayLike<number> | null;
  /** The digit that saliency is shown for. */
  readonly digit: number | null;
  /** Whether a person has chosen it: else it is the likeliest. */
  readonly chosen: boolean;
  readonly onChoose: (digit: number | null) => void;
}

const WORDS = {
  name: { en: "Probability of each digit", zh: "各数字的概率" },
} as const satisfies Record<string, Text>;

/** "97.3 %"; what is next to nothing is said to be. */
export const percentage = (share: number): string =>
  share > 0 && share < 0.0005 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`;

export function Probabilities({ probabilities, digit, chosen, onChoose }: Props) {
  const best = probabilities && likeliest(probabilities);
  return (
    <ul class="probabilities" aria-label={t(WORDS.name)}>
      {Array.from({ length: CLASSES }, (_, k) => {
        const share = probabilities?.[k] ?? 0;
        const text = probabilities ? percentage(share) : "–";
        return (
          <li key={k}>
            <button
              type="button"
              class={k === best ? "best" : undefined}
              aria-pressed={chosen && k === digit}
              disabled={probabilities === null}
              onClick={() => onChoose(chosen && k === digit ? null : k)}
            >
              <b>{k}</b>
              <span class="bar">
                <span style={{ width: `${100 * share}%` }} />
              </span>
              <span class="number">{text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
