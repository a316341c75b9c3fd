/** A text of a lesson: words, formulas, code. */
import { type Text, t } from "../../language.ts";
import { Formula } from "../../ui/formula.tsx";
import { codeRunsOf, type Letters, type Run, runsOf } from "../prose.ts";
import { Scroller } from "./scroller.tsx";

const FORMULA: Text = { en: "formula", zh: "公式" };

interface Props {
  readonly text: Text;
  readonly letters: Letters;
}

/** Inside a paragraph, a label, a cell. */
export function Words({ text, letters }: Props) {
  return <>{runsOf(t(text), letters).map(shown)}</>;
}

/** Words of errata: no formulas in them. */
export const PlainWords = ({ text }: { readonly text: Text }) => <>{codeRunsOf(t(text)).map(shown)}</>;

/** A paragraph of its own, or a formula on a line of its own. */
export function Paragraph({ text, letters }: Props) {
  const runs = runsOf(t(text), letters);
  const [first] = runs;
  return first?.kind === "display" ? (
    <Scroller label={t(FORMULA)}>
      <Formula key={first.text} latex={first.text} display />
    </Scroller>
  ) : (
    <p class="lesson-text">{runs.map(shown)}</p>
  );
}

function shown({ kind, text, tail }: Run, at: number) {
  const content = {
    math: () => <Formula key={`${at} ${text}`} latex={text} />,
    display: () => <Formula key={`${at} ${text}`} latex={text} display />,
    code: () => <code key={at}>{text}</code>,
    emphasis: () => <em key={at}>{text}</em>,
    words: () => text,
  }[kind]();
  return tail === undefined ? (
    content
  ) : (
    <span key={at} class="joined">
      {content}
      {tail}
    </span>
  );
}
