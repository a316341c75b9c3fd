/** A check: question, fields, and what papergrad says of the answer. */
import { useId, useState } from "preact/hooks";
import { Refusal } from "../../data/refusal.ts";
import { type Text, t } from "../../language.ts";
import { ask } from "../asking.ts";
import type { Check, Verdict } from "../checks.ts";
import type { Lesson } from "../lesson.ts";
import { isPassed, markPassed } from "../progress.ts";
import type { Letters } from "../prose.ts";
import { AnswerFields, firstAnswer } from "./answer-fields.tsx";
import { Words } from "./prose.tsx";

const WORDS = {
  check: { en: "Check", zh: "检查" },
  working: { en: "Computing …", zh: "正在计算……" },
  passed: { en: "Passed", zh: "已通过" },
  right: { en: "Right", zh: "正确" },
  notYet: { en: "Not yet", zh: "还不对" },
} as const satisfies Record<string, Text>;

interface Props {
  readonly lesson: Lesson;
  readonly check: Check;
  readonly letters: Letters;
}

export function CheckView({ lesson, check, letters }: Props) {
  const id = useId();
  const [answer, setAnswer] = useState(() => firstAnswer(check.form));
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [busy, setBusy] = useState(false);
  const judge = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const given = await ask("judge", { lesson: lesson.name, check: check.id, answer });
      setVerdict(given);
      if (given.passed) markPassed(lesson, check);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setVerdict({ passed: false, because: error.text });
    } finally {
      setBusy(false);
    }
  };
  const change = (field: number, text: string) => {
    setAnswer((old) => old.map((v, i) => (i === field ? text : v)));
    setVerdict(null);
  };
  const label = busy ? WORDS.working : check.form.kind === "trial" ? check.form.go : WORDS.check;
  return (
    <form
      class="panel check"
      aria-labelledby={`${id}-question`}
      onSubmit={(event) => {
        event.preventDefault();
        void judge();
      }}
    >
      <p id={`${id}-question`} class="question">
        <Words text={check.question} letters={letters} />
        {isPassed(lesson, check) && <strong class="passed">{t(WORDS.passed)}</strong>}
      </p>
      <AnswerFields
        form={check.form}
        answer={answer}
        wrong={verdict?.cell}
        verdict={`${id}-verdict`}
        letters={letters}
        onChange={change}
      />
      <div>
        <button type="submit" class="button main" aria-disabled={busy}>
          {t(label)}
        </button>
      </div>
      <div id={`${id}-verdict`} class="verdict" role="status">
        {verdict && (
          <p class={verdict.passed ? "good" : "bad"}>
            <strong>{t(verdict.passed ? WORDS.right : WORDS.notYet)}</strong>{" "}
            <Words text={verdict.because} letters={letters} />
          </p>
        )}
      </div>
    </form>
  );
}
