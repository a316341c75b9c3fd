/**
 * What a lesson is: data. One renderer (room.tsx) shows it, one worker computes what it asks for.
 *
 * In texts, $…$ is LaTeX, @W1 in it is a letter of the lesson's derivations, `…` is code and *…* is emphasis.
 */
import type { Erratum, ProgramName } from "../../experiments/types.ts";
import type { Text } from "../language.ts";
import type { Derivation } from "./algebra/derivation.ts";
import type { Check } from "./checks.ts";

export type LessonName = ProgramName | "recursion";

/** Another room with a state to look at. `query` is what stands after the question mark of its link. */
export interface Elsewhere {
  readonly room: "playground" | "pencil" | "digits" | "race";
  readonly query: string;
}

/** A table that is computed when the reader asks for it. */
export interface Figures {
  readonly id: string;
  readonly caption: Text;
  readonly columns: readonly (string | Text)[];
  /** Rows of cells; the first is the row's name. */
  readonly compute: () => readonly Row[] | Promise<readonly Row[]>;
}
export type Row = readonly (string | Text)[];

export type Piece =
  | { readonly kind: "text"; readonly text: Text }
  | { readonly kind: "derivation"; readonly derivation: Derivation }
  | { readonly kind: "errata"; readonly errata: readonly Erratum[] }
  | { readonly kind: "figures"; readonly figures: Figures }
  | { readonly kind: "elsewhere"; readonly to: Elsewhere; readonly text: Text }
  | { readonly kind: "check"; readonly check: Check }
  /** The recursion held against finite differences on a network of the reader's. */
  | { readonly kind: "laboratory" };

export interface Section {
  readonly title: Text;
  readonly pieces: readonly Piece[];
}

export interface Lesson {
  readonly name: LessonName;
  readonly title: Text;
  /** One sentence for the list. */
  readonly lead: Text;
  readonly sections: readonly Section[];
}

export const p = (en: string, zh: string): Piece => ({ kind: "text", text: { en, zh } });
export const derivation = (of: Derivation): Piece => ({ kind: "derivation", derivation: of });
export const errataOf = (errata: readonly Erratum[]): Piece => ({ kind: "errata", errata });
export const figures = (of: Figures): Piece => ({ kind: "figures", figures: of });
export const check = (of: Check): Piece => ({ kind: "check", check: of });
export const elsewhere = (room: Elsewhere["room"], query: string, en: string, zh: string): Piece => ({
  kind: "elsewhere",
  to: { room, query },
  text: { en, zh },
});

/** The sections every program's lesson has, in this order. */
const TITLES = {
  network: { en: "The network, and why", zh: "网络，以及为什么这样设计" },
  derivation: { en: "From dJ to every gradient", zh: "从 dJ 推到每一个梯度" },
  published: { en: "As published, and what is wrong", zh: "发布的程序，以及错在哪里" },
  numbers: { en: "What to look at in the numbers", zh: "该看哪些数" },
  rooms: { en: "See it in the other rooms", zh: "到别的房间看看" },
  checks: { en: "Check yourself", zh: "检验自己" },
} as const satisfies Record<string, Text>;

export const sections = (of: Readonly<Record<keyof typeof TITLES, readonly Piece[]>>): Section[] =>
  (["network", "derivation", "published", "numbers", "rooms", "checks"] as const).map((name) => ({
    title: TITLES[name],
    pieces: of[name],
  }));

/** All checks of a lesson. */
export const checksOf = (lesson: Lesson): Check[] =>
  lesson.sections.flatMap((s) => s.pieces.flatMap((piece) => (piece.kind === "check" ? [piece.check] : [])));

/** All tables of a lesson. */
export const figuresOf = (lesson: Lesson): Figures[] =>
  lesson.sections.flatMap((s) =>
    s.pieces.flatMap((piece) => (piece.kind === "figures" ? [piece.figures] : [])),
  );

/** A number as tables show it. */
export const shown = (value: number, digits = 4): string => value.toFixed(digits).replace("-", "−");
/** A number of unknown size. */
export const scientific = (value: number): string => value.toExponential(1).replaceAll("-", "−");
