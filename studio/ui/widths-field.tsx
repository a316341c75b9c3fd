/** Units of the hidden layers as a list of numbers in one field: "200, 80". What is no such list is said below. */
import { useEffect, useId, useState } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { widthsFrom } from "./widths.ts";

interface Props {
  readonly value: readonly number[];
  readonly onChange: (widths: number[]) => void;
  /** Most layers, and most units of one. */
  readonly layers: number;
  readonly units: number;
  readonly disabled?: boolean;
}

const WORDS = {
  label: { en: "Units of the hidden layers", zh: "各隐藏层的单元数" },
} as const satisfies Record<string, Text>;

export function WidthsField({ value, onChange, layers, units, disabled }: Props) {
  const id = useId();
  const shown = value.join(", ");
  const [text, setText] = useState(shown);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    setText(shown);
    setRefused(null);
  }, [shown]);
  const take = (given: string) => {
    const widths = widthsFrom(given, layers, units);
    setRefused(widths === null ? given : null);
    if (widths !== null && widths.join(", ") !== shown) onChange(widths);
  };
  return (
    <div class="field">
      <label class="label" for={id}>
        {t(WORDS.label)}
      </label>
      <input
        id={id}
        type="text"
        inputMode="text"
        autocomplete="off"
        value={text}
        disabled={disabled ?? false}
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : `${id}-problem`}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(event.currentTarget.value);
        }}
      />
      {refused !== null && (
        <p id={`${id}-problem`} class="problem" role="alert">
          {t(problem(refused, layers, units))}
        </p>
      )}
    </div>
  );
}

const problem = (given: string, layers: number, units: number): Text => ({
  en: `Expected 1 to ${layers} whole numbers from 1 to ${units}, e.g. 25, 50; received ${given.trim() === "" ? "nothing" : given}.`,
  zh: `应为 1 到 ${layers} 个 1 到 ${units} 之间的整数，例如 25, 50；实际为${given.trim() === "" ? "空" : ` ${given}`}。`,
});
