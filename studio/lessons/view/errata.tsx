/** The errata of a program: what changes the result first and open, the rest folded away. */
import type { Erratum } from "../../../experiments/types.ts";
import { type Text, t } from "../../language.ts";
import { PlainWords } from "./prose.tsx";

const WORDS = {
  more: (n: number): Text => ({
    en: `${n} more without effect on the result here`,
    zh: `另有 ${n} 处，在这里不影响结果`,
  }),
  effect: {
    A: { en: "changes the result or stops the program", zh: "改变结果，或使程序无法运行" },
    B: { en: "wrong, without visible effect here", zh: "有误，但在这里看不出影响" },
    C: { en: "text only", zh: "只涉及文字" },
  },
} as const;

export function ErrataView({ errata }: { readonly errata: readonly Erratum[] }) {
  const serious = errata.filter((e) => e.effect === "A");
  const others = errata.filter((e) => e.effect !== "A");
  return (
    <div class="errata">
      <List errata={serious} />
      {others.length > 0 && (
        <details>
          <summary>{t(WORDS.more(others.length))}</summary>
          <List errata={others} />
        </details>
      )}
    </div>
  );
}

const List = ({ errata }: { readonly errata: readonly Erratum[] }) => (
  <ul>
    {errata.map(({ id, effect, text }) => (
      <li key={id} id={`erratum-${id}`}>
        <p>
          <PlainWords text={text} />
        </p>
        <p class="effect">
          <strong>{effect}</strong> {t(WORDS.effect[effect])}
        </p>
      </li>
    ))}
  </ul>
);
