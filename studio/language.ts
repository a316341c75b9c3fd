/** The two languages of the studio, and a text in both. Every text a reader sees is a `Text`, written where it is shown. */
export type Language = "en" | "zh";

/** One text in every language. */
export type Text = Readonly<Record<Language, string>>;
