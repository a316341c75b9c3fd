/** What a reader asks for and cannot have, in one sentence of both languages. */
import type { Text } from "../language.ts";

export class Refusal extends Error {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}
