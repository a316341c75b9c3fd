/** One value on the sheet: its formula, its matrix, the numeric gradient beside it, and what is to be said about it. */
import type { Answer } from "papergrad/inspect";
import { useState } from "preact/hooks";
import type { Erratum, Variant } from "../../experiments/types.ts";
import { type Text, t } from "../language.ts";
import { AnswerCheck } from "./answer-check.tsx";
import { compare, type Difference } from "./compare.ts";
import { GradientNote } from "./gradient-note.tsx";
import { LinkedFormula } from "./linked-formula.tsx";
import { Matrix } from "./matrix.tsx";
import { findValue, gradients, page, spoken } from "./model.ts";
import { decimalsShown } from "./numbers.ts";
import type { SheetValue } from "./session.ts";
import { tutorial } from "./tutorial.ts";

interface Props {
  readonly variant: Variant;
  readonly value: SheetValue;
}

export function ValueBlock({ variant, value }: Props) {
  const { paper, view } = page.value;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { label, formula, from, shape, data, decimals, stage } = value;
  const given = stage === "data" || stage === "parameter";
  const difference =
    view === "both" ? compare(findValue("published", label), findValue("derived", label)) : null;
  const asked = paper === "blanks" && !given && answer?.kind !== "right";
  const wrong =
    answer?.kind === "wrong" || answer?.kind === "unread" ? answer.row * shape[1] + answer.col : undefined;
  const checked = gradients.value[variant]?.find((c) => c.label === label);
  const places = paper === "step" || given ? decimalsShown(data, decimals) : decimals;
  const classes = ["block", spoken.value === label && "spoken", shape[0] * shape[1] === 1 && "single"];
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, and no landmark either: a page has dozens, y beside Y.
    <div
      role="group"
      class={classes.filter(Boolean).join(" ")}
      data-block={`${variant} ${label}`}
      aria-label={label}
    >
      <LinkedFormula latex={formula} variant={variant} labels={[label, ...from]} />
      <div class="block-matrices">
        <Matrix
          variant={variant}
          value={value}
          decimals={places}
          different={difference?.kind === "cells" ? difference.cells : undefined}
          blank={asked}
          wrong={wrong}
        />
        {paper === "step" && checked && <GradientNote checked={checked} value={value} variant={variant} />}
      </div>
      {paper === "blanks" && !given && <AnswerCheck value={value} onAnswer={setAnswer} />}
      {paper === "step" && <Remarks variant={variant} label={label} difference={difference} />}
    </div>
  );
}

interface RemarksProps {
  readonly variant: Variant;
  readonly label: string;
  readonly difference: Difference | null;
}

/** How it differs from the other variant, and which errata show here. */
function Remarks({ variant, label, difference }: RemarksProps) {
  const errata =
    variant === "published" || page.value.view === "both"
      ? (tutorial.value?.errata.filter((e) => e.shows?.includes(label)) ?? [])
      : [];
  const differs = difference !== null && difference.kind !== "same";
  const own = variant === "published" || difference?.kind === "alone";
  if (!own || (!differs && errata.length === 0)) return null;
  return (
    <div class="remarks">
      {differs && <p class="difference">{t(saidOf(difference, variant))}</p>}
      {errata.map((e) => (
        <ErratumNote key={e.id} erratum={e} />
      ))}
    </div>
  );
}

function saidOf(difference: Difference, variant: Variant): Text {
  switch (difference.kind) {
    case "same":
      return { en: "The same.", zh: "相同。" };
    case "factor":
      return {
        en: `${nice(difference.factor)} times the derived one in every cell: the factor stands elsewhere.`,
        zh: `每一格都是推导值的 ${nice(difference.factor)} 倍：这个系数写在别处。`,
      };
    case "cells":
      return {
        en: `${difference.cells.size} ${difference.cells.size === 1 ? "cell differs" : "cells differ"} from the derived step.`,
        zh: `有 ${difference.cells.size} 格与推导值不同。`,
      };
    case "shape":
      return { en: "Another shape than in the derived step.", zh: "形状与推导的不同。" };
    case "alone":
      return variant === "published"
        ? { en: "Only the published step has it.", zh: "只有发布的步骤里有它。" }
        : { en: "Only the derived step has it.", zh: "只有推导的步骤里有它。" };
  }
}

const nice = (factor: number): string => String(Number(factor.toPrecision(6)));

const EFFECT: Readonly<Record<Erratum["effect"], Text>> = {
  A: { en: "changes the result", zh: "影响结果" },
  B: { en: "no visible effect here", zh: "此处无明显影响" },
  C: { en: "text only", zh: "仅文字" },
};

function ErratumNote({ erratum }: { readonly erratum: Erratum }) {
  return (
    <details class="erratum">
      <summary>
        {t({ en: "Erratum", zh: "勘误" })} <code>{erratum.id}</code>{" "}
        <small>{t(EFFECT[erratum.effect])}</small>
      </summary>
      <p>{t(erratum.text)}</p>
    </details>
  );
}
