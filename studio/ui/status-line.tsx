/** A line that says what has just happened; screen readers read it when they are free. */
import { signal } from "@preact/signals";
import { type Text, t } from "../language.ts";

const current = signal<Text | null>(null);
let timer = 0;

/** Says something for some seconds. */
export function say(text: Text): void {
  current.value = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    current.value = null;
  }, 6000);
}

/** Stands once, in the shell. */
export function StatusLine() {
  return (
    <p class="status-line" role="status" aria-live="polite">
      {current.value && <span>{t(current.value)}</span>}
    </p>
  );
}
