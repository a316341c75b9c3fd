/** A derivation line by line: what is given, then every equation, chain and gradient with its reason. */
import { both, type Text, t } from "../../language.ts";
import { Formula } from "../../ui/formula.tsx";
import type { Derivation, Step } from "../algebra/derivation.ts";
import type { Letter } from "../algebra/expression.ts";
import { equationLatex, latex, letterClass, letterLatex } from "../algebra/latex.ts";
import type { Letters } from "../prose.ts";
import { Paragraph, Words } from "./prose.tsx";
import { Scroller } from "./scroller.tsx";

const WORDS = {
  given: { en: "What stands for what", zh: "各字母的含义" },
  letter: { en: "letter", zh: "字母" },
  size: { en: "size", zh: "尺寸" },
  what: { en: "what it is", zh: "含义" },
  line: { en: "formula", zh: "公式" },
} as const satisfies Record<string, Text>;

/** How a letter is read out: W_{1} is "W 1". */
const spoken = ({ latex: written }: Letter): string =>
  written
    .replace(/\\(mathbf|mathrm|bar)|[\\{}_]/g, " ")
    .replace(/\s+/g, " ")
    .trim();

interface Props {
  readonly derivation: Derivation;
  readonly letters: Letters;
  /** Lights a letter up wherever it stands; null puts it out. */
  readonly onPoint: (letter: string | null) => void;
}

export function DerivationView({ derivation: { letters: given, steps }, letters, onPoint }: Props) {
  return (
    <>
      {given.length > 0 && (
        <table class="letters">
          <caption>{t(WORDS.given)}</caption>
          <thead>
            <tr>
              <th scope="col">{t(WORDS.letter)}</th>
              <th scope="col">{t(WORDS.size)}</th>
              <th scope="col">{t(WORDS.what)}</th>
            </tr>
          </thead>
          <tbody>
            {given.map(({ letter, size, what }) => (
              <tr key={letter.name}>
                <th scope="row">
                  <button
                    type="button"
                    class="letter"
                    onFocus={() => onPoint(letterClass(letter.name))}
                    onBlur={() => onPoint(null)}
                  >
                    <span aria-hidden="true">
                      <Formula latex={letterLatex(letter)} />
                    </span>
                    <span class="unseen">{spoken(letter)}</span>
                  </button>
                </th>
                <td>
                  <Formula latex={size} />
                </td>
                <td>
                  <Words text={what} letters={letters} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="derivation">
        {steps.map((step, i) => (
          <StepView key={i} step={step} given={given} letters={letters} />
        ))}
      </div>
    </>
  );
}

interface StepProps {
  readonly step: Step;
  readonly given: Derivation["letters"];
  readonly letters: Letters;
}

function StepView({ step, given, letters }: StepProps) {
  switch (step.kind) {
    case "say":
      return <Paragraph text={step.text} letters={letters} />;
    case "equation":
      return (
        <Line
          latex={equationLatex(step.equation)}
          letters={letters}
          {...(step.because ? { because: step.because } : {})}
        />
      );
    case "gradient": {
      const size = given.find(({ letter }) => letter.name === step.parameter.name)?.size;
      return (
        <Line
          latex={equationLatex(step.equation)}
          letters={letters}
          kind="gradient"
          {...(size === undefined ? {} : { because: both(() => `$${size}$`) })}
        />
      );
    }
    case "chain":
      return (
        <div class="chain">
          {step.lines.map(({ of, because }, i) => (
            <Line
              key={i}
              latex={`${i === 0 ? letterLatex(step.left) : `\\phantom{${step.left.latex}}`}=${latex(of)}`}
              because={because}
              letters={letters}
            />
          ))}
        </div>
      );
  }
}

interface LineProps {
  readonly latex: string;
  readonly because?: Text;
  readonly letters: Letters;
  readonly kind?: "plain" | "gradient";
}

function Line({ latex, because, letters, kind = "plain" }: LineProps) {
  return (
    <div class={`line ${kind}`}>
      <Scroller label={t(WORDS.line)}>
        <Formula latex={`\\displaystyle ${latex}`} />
      </Scroller>
      {because && (
        <p class="because">
          <Words text={because} letters={letters} />
        </p>
      )}
    </div>
  );
}
