/** A button with a text, or an icon with a name for screen readers. */
import type { ComponentChildren } from "preact";
import { type Text, t } from "../language.ts";

interface Props {
  readonly label: Text;
  readonly onClick: () => void;
  /** Shown instead of the label, which is then its name and its tip. */
  readonly icon?: ComponentChildren;
  readonly kind?: "plain" | "main" | "quiet";
  readonly disabled?: boolean;
  /** For buttons that stay down. */
  readonly pressed?: boolean;
}

export function Button({ label, onClick, icon, kind = "plain", disabled, pressed }: Props) {
  return (
    <button
      type="button"
      class={`button ${kind}${icon === undefined ? "" : " icon"}`}
      disabled={disabled ?? false}
      aria-pressed={pressed}
      aria-label={icon === undefined ? undefined : t(label)}
      title={icon === undefined ? undefined : t(label)}
      onClick={onClick}
    >
      {icon ?? t(label)}
    </button>
  );
}
