/**
 * The two languages of the studio, a text in both, and the language now. Every text a reader sees is a `Text`, written
 * where it is shown, and read with `t` inside a component, which is drawn again when the language changes.
 */
import { signal } from "@preact/signals";

export type Language = "en" | "zh";

/** One text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** The language of the page. */
export const language = signal<Language>("en");

/** The text in the language of the page. */
export const t = (text: Text): string => text[language.value];

/** A text from a piece of code that is the same in both languages but for some words. */
export const both = (make: (language: Language) => string): Text => ({ en: make("en"), zh: make("zh") });
