/** Yes or no. */
import { type Text, t } from "../language.ts";

interface Props {
  readonly label: Text;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
}

export function Toggle({ label, value, onChange, disabled }: Props) {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        role="switch"
        checked={value}
        aria-checked={value}
        disabled={disabled ?? false}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{t(label)}</span>
    </label>
  );
}
