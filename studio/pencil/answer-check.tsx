/** A matrix typed by a learner, held against the sheet: the first wrong cell is named, never its right number. */
import { type Answer, checkAnswer } from "papergrad/inspect";
import { useId, useState } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import type { SheetValue } from "./session.ts";

interface Props {
  readonly value: SheetValue;
  readonly onAnswer: (answer: Answer) => void;
}

export function AnswerCheck({ value, onAnswer }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [rows, cols] = value.shape;
  const check = (): void => {
    const found = checkAnswer(typed, value, value.decimals);
    setAnswer(found);
    onAnswer(found);
  };
  return (
    <form
      class="answer-check"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <label class="label" for={id}>
        {t({
          en: `Your ${value.label}: ${rows} × ${cols}, to ${value.decimals} decimals, a line for each row`,
          zh: `你的 ${value.label}：${rows} × ${cols}，保留 ${value.decimals} 位小数，每行一行`,
        })}
      </label>
      <textarea
        id={id}
        rows={Math.min(rows, 6)}
        spellcheck={false}
        autocomplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="row">
        <Button label={{ en: `Check ${value.label}`, zh: `检查 ${value.label}` }} onClick={check} />
        <p class={answer?.kind === "right" ? "verdict good" : "verdict bad"} role="status">
          {answer && t(said(answer, value))}
        </p>
      </div>
    </form>
  );
}

function said(answer: Answer, { label, shape: [rows, cols], decimals }: SheetValue): Text {
  switch (answer.kind) {
    case "right":
      return { en: `${label} is right.`, zh: `${label} 正确。` };
    case "wrong":
      return {
        en: `The first wrong cell is ${label}[${answer.row},${answer.col}]: ${answer.typed} is not it to ${decimals} decimals.`,
        zh: `第一个错误在 ${label}[${answer.row},${answer.col}]：按 ${decimals} 位小数，${answer.typed} 不对。`,
      };
    case "unread":
      return {
        en: `${label}[${answer.row},${answer.col}]: expected a number, received ${answer.text}. Write 0.25, −3, 1/3 or 2e-4.`,
        zh: `${label}[${answer.row},${answer.col}]：应为数，实际为 ${answer.text}。可以写 0.25、−3、1/3 或 2e-4。`,
      };
    case "shape":
      return answer.rows === rows
        ? {
            en: `Row ${answer.row} has ${answer.cols} numbers, expected ${cols}. Part them by spaces or commas.`,
            zh: `第 ${answer.row} 行有 ${answer.cols} 个数，应为 ${cols} 个。请用空格或逗号分开。`,
          }
        : {
            en: `Expected ${rows} rows of ${cols} numbers, received ${answer.rows} rows. Write each row on a line of its own.`,
            zh: `应为 ${rows} 行、每行 ${cols} 个数，实际为 ${answer.rows} 行。请每行另起一行。`,
          };
    case "empty":
      return { en: `Type ${label} first.`, zh: `请先填写 ${label}。` };
  }
}
