/** What the page asks the worker of the lessons, and what it answers: plain data, each request with a number. */
import type * as asking from "../data/asking.ts";
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
export type Ask<K extends RequestName = RequestName> = asking.Ask<Requests, K>;
export type Reply = asking.Reply<Requests>;
