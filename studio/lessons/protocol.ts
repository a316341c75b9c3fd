/** What the page asks the worker of the lessons, and what it answers: plain data, each request with a number. */
import type { Text } from "../language.ts";
import type { Answer, Verdict } from "./checks.ts";
import type { Finding, Setup } from "./laboratory.ts";
import type { LessonName, Row } from "./lesson.ts";

export interface Requests {
  judge: {
    ask: { readonly lesson: LessonName; readonly check: string; readonly answer: Answer };
    answer: Verdict;
  };
  figures: { ask: { readonly lesson: LessonName; readonly figures: string }; answer: readonly Row[] };
  laboratory: { ask: Setup; answer: readonly Finding[] };
}

export type RequestName = keyof Requests;
export type Ask<K extends RequestName = RequestName> = {
  [N in K]: { readonly id: number; readonly name: N; readonly ask: Requests[N]["ask"] };
}[K];
export type Reply =
  | { readonly id: number; readonly answer: Requests[RequestName]["answer"] }
  | { readonly id: number; readonly refused: Text };
