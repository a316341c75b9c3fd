/** Text for people, in the two languages papergrad speaks. */

/** Language of a text. */
export type Language = "en" | "zh";

/** One text in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}
