/** One of many choices, in a list that opens. */
import { useId } from "preact/hooks";
import { type Text, t } from "../language.ts";
import type { Option } from "./segmented.tsx";

interface Props<T extends string> {
  readonly label: Text;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

export function Select<T extends string>({ label, options, value, onChange, disabled }: Props<T>) {
  const id = useId();
  return (
    <div class="field">
      <label class="label" for={id}>
        {t(label)}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled ?? false}
        onChange={(event) => {
          const chosen = options.find((o) => o.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {t(option.label)}
          </option>
        ))}
      </select>
    </div>
  );
}
