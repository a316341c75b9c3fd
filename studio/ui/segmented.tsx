/** One of a few choices, all in sight: a group of radio buttons that looks like a row of buttons. */
import { useId } from "preact/hooks";
import { type Text, t } from "../language.ts";

export interface Option<T extends string> {
  readonly value: T;
  readonly label: Text;
}

interface Props<T extends string> {
  readonly label: Text;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Shows the label above; else only screen readers have it. */
  readonly labelled?: boolean;
  readonly disabled?: boolean;
}

export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  labelled,
  disabled,
}: Props<T>) {
  const name = useId();
  return (
    <fieldset class="segmented" disabled={disabled ?? false}>
      <legend class={labelled ? "label" : "unseen"}>{t(label)}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{t(option.label)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
