/** One sentence that says what is wrong and how to fix it. Screen readers read it at once. */
import { type Text, t } from "../language.ts";

export function ErrorBox({ text }: { readonly text: Text }) {
  return (
    <p class="error-box" role="alert">
      {t(text)}
    </p>
  );
}
