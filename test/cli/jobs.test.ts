/** Which jobs run when: longest first, so many at a time, both variants of a program side by side. */
import { expect, test } from "vitest";
import { type Job, type JobEvents, runJobs } from "../../src/cli/jobs.ts";

const job = (program: Job["program"], variant: Job["variant"]): Job => ({
  program,
  variant,
  backend: "wasm",
  dtype: undefined,
  seed: undefined,
  epochs: undefined,
});
const nothing: JobEvents = { started() {}, progress() {}, finished() {}, failed() {} };

/** Runs jobs that take some turns of the event loop: in which order they begin, and how many run at once at most. */
async function runs(jobs: readonly Job[], lanes: number, signal = new AbortController().signal) {
  const begun: string[] = [];
  let [running, most] = [0, 0];
  const run = async ({ program, variant }: Job) => {
    begun.push(`${program} ${variant}`);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  await runJobs(jobs, lanes, run, nothing, signal);
  return { begun, most };
}

const jobs = (["and", "mnist", "moons"] as const).flatMap((program) => [
  job(program, "published"),
  job(program, "derived"),
]);
const longestFirst = ["mnist", "moons", "and"].flatMap((name) => [`${name} published`, `${name} derived`]);

test("the longest program comes first, its two variants at the same time on two lanes", async () => {
  expect(await runs(jobs, 2)).toEqual({ begun: longestFirst, most: 2 });
});

test("on one lane, or none, one after the other", async () => {
  for (const lanes of [0, 1]) expect(await runs(jobs, lanes)).toEqual({ begun: longestFirst, most: 1 });
});

test("after an interruption no new job begins", async () => {
  const controller = new AbortController();
  const ran = runs(jobs, 2, controller.signal);
  controller.abort();
  expect((await ran).begun).toEqual(["mnist published", "mnist derived"]);
});
