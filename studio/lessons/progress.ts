/** Which checks a learner has passed, kept in the browser. */
import { signal } from "@preact/signals";
import type { Check } from "./checks.ts";
import { checksOf, type Lesson } from "./lesson.ts";

const KEY = "papergrad/lessons";

/** "xor/delta-1" */
const idOf = (lesson: Lesson, check: Pick<Check, "id">): string => `${lesson.name}/${check.id}`;

/** What is stored; anything that is no list of texts counts as nothing. */
export function passedIn(stored: string | null): ReadonlySet<string> {
  try {
    const list: unknown = JSON.parse(stored ?? "[]");
    return new Set(Array.isArray(list) ? list.filter((id) => typeof id === "string") : []);
  } catch {
    return new Set();
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may refuse its storage: progress then lasts as long as the page
  }
}

const passed = signal<ReadonlySet<string>>(new Set());

/** Reads what was kept. */
export function recallProgress(): void {
  passed.value = passedIn(stored());
}

export const isPassed = (lesson: Lesson, check: Pick<Check, "id">): boolean =>
  passed.value.has(idOf(lesson, check));

/** Passed checks of a lesson. */
export const passedOf = (lesson: Lesson): number =>
  checksOf(lesson).filter((check) => isPassed(lesson, check)).length;

function keep(next: ReadonlySet<string>): void {
  passed.value = next;
  try {
    localStorage.setItem(KEY, JSON.stringify([...next].sort()));
  } catch {
    // See `stored`.
  }
}

export const markPassed = (lesson: Lesson, check: Pick<Check, "id">): void =>
  keep(new Set(passed.value).add(idOf(lesson, check)));

/** Starts all lessons again. */
export const forgetProgress = (): void => keep(new Set());
