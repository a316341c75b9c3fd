/** Answers what lessons ask: judges an answer, computes a table, holds a recursion against differences. No page needed. */
import { lessonNamed } from "./index.ts";
import { heldAgainstDifferences } from "./laboratory.ts";
import { checksOf, figuresOf } from "./lesson.ts";
import type { RequestName, Requests } from "./protocol.ts";

type Desk = {
  readonly [K in RequestName]: (
    ask: Requests[K]["ask"],
  ) => Requests[K]["answer"] | Promise<Requests[K]["answer"]>;
};

/** What is asked for is named by our own page, so a name that there is not is a mistake of ours. */
function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`lessons: there is no ${what}.`);
  return value;
}

const lesson = (name: string) => found(lessonNamed(name), `lesson "${name}"`);

export const desk: Desk = {
  judge: ({ lesson: name, check, answer }) =>
    found(
      checksOf(lesson(name)).find(({ id }) => id === check),
      `check "${check}" in ${name}`,
    ).judge(answer),
  figures: ({ lesson: name, figures }) =>
    found(
      figuresOf(lesson(name)).find(({ id }) => id === figures),
      `table "${figures}" in ${name}`,
    ).compute(),
  laboratory: heldAgainstDifferences,
};
