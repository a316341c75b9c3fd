/**
 * A number typed in. It is taken when the reader leaves the field or presses Enter; what is no number in range is said
 * below, and the old value stays.
 */
import { useEffect, useId, useState } from "preact/hooks";
import { type Text, t } from "../language.ts";

export interface NumberProps {
  readonly label: Text;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** Distance of the arrows; whole numbers only where it is whole. */
  readonly step?: number;
  readonly disabled?: boolean;
  /** For what moves the focus here; default one of its own. */
  readonly id?: string;
}

/** What is wrong with a number, if anything. */
export function numberProblem(
  text: string,
  { min, max, step = 1 }: Pick<NumberProps, "min" | "max" | "step">,
): Text | null {
  const value = Number(text);
  const whole = Number.isInteger(step);
  if (
    text.trim() !== "" &&
    Number.isFinite(value) &&
    value >= min &&
    value <= max &&
    (!whole || Number.isInteger(value))
  )
    return null;
  return {
    en: `Expected a ${whole ? "whole " : ""}number from ${min} to ${max}, received ${text.trim() === "" ? "nothing" : text}.`,
    zh: `应为 ${min} 到 ${max} 的${whole ? "整数" : "数"}，实际为${text.trim() === "" ? "空" : ` ${text}`}。`,
  };
}

export function NumberField({
  label,
  value,
  onChange,
  min,
  max,
  step = 1,
  disabled,
  id: given,
}: NumberProps) {
  const own = useId();
  const id = given ?? own;
  const [text, setText] = useState(String(value));
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    setText(String(value));
    setProblem(null);
  }, [value]);
  const take = (given: string) => {
    const wrong = numberProblem(given, { min, max, step });
    setProblem(wrong);
    if (wrong === null && Number(given) !== value) onChange(Number(given));
  };
  return (
    <div class="field">
      <label class="label" for={id}>
        {t(label)}
      </label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={text}
        disabled={disabled ?? false}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(event.currentTarget.value);
          const by = event.key === "ArrowUp" ? step : event.key === "ArrowDown" ? -step : 0;
          if (by === 0) return;
          event.preventDefault();
          const next = Number((Number(event.currentTarget.value) + by).toPrecision(12));
          if (Number.isFinite(next)) take(String(Math.min(max, Math.max(min, next))));
        }}
      />
      {problem && (
        <p id={`${id}-problem`} class="problem" role="alert">
          {t(problem)}
        </p>
      )}
    </div>
  );
}
