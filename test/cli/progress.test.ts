import { expect, test } from "vitest";
import { progressDisplay } from "../../src/cli/progress.ts";
import { widthOf } from "../../src/cli/width.ts";
import { recorded } from "./fake.ts";

/** What a terminal shows after these bytes: understands "up" and "erase below". */
function screen(bytes: string): string[] {
  const lines: string[] = [""];
  const plain = bytes.replaceAll("\x1b", "␛");
  for (const part of plain.split(/(␛\[\d+[AJ]|\n)/)) {
    const up = /^␛\[(\d+)A$/.exec(part);
    if (up) lines.splice(lines.length - 1 - Number(up[1]), Number.POSITIVE_INFINITY, "");
    else if (part === "\n") lines.push("");
    else if (!part.startsWith("␛")) lines[lines.length - 1] += part;
  }
  return lines.filter((line) => line !== "");
}

function display(options: { live: boolean; columns?: number }) {
  const context = recorded({ live: options.live, columns: options.columns ?? 120 });
  const clock = { now: 0 };
  return {
    context,
    clock,
    shown: progressDisplay(context, { total: 2, quiet: false, now: () => clock.now }),
  };
}

test("a line for each running program: bar, loss, accuracy, rate, time left", () => {
  const { context, clock, shown } = display({ live: true });
  shown.started("xor", "derived");
  shown.progress("xor", "derived", { stage: "headline", done: 0, total: 1000 });
  clock.now = 2000;
  shown.progress("xor", "derived", { stage: "headline", done: 500, total: 1000, loss: 0.25, accuracy: 0.75 });
  expect(screen(context.written.err)).toEqual([
    "  xor    derived    ██████░░░░░░  50 %  loss 0.2500  accuracy 75.0 %  250/s  left 0:02  headline",
    "  0 of 2 runs finished, 0:02; Ctrl-C stops",
  ]);
  shown.end();
  expect(screen(context.written.err)).toEqual([]);
});

test("the rate is of the current stage; a stage that begins anew counts anew", () => {
  const { context, clock, shown } = display({ live: true });
  shown.started("xor", "derived");
  shown.progress("xor", "derived", { stage: "a", done: 900, total: 1000 });
  clock.now = 1000;
  shown.progress("xor", "derived", { stage: "b", done: 0, total: 10 });
  clock.now = 3000;
  shown.progress("xor", "derived", { stage: "b", done: 2, total: 10 });
  expect(screen(context.written.err)[0]).toMatch(/ 20 % {2}1\.0\/s {2}left 0:08 {2}b$/);
});

test("redrawn at most ten times a second", () => {
  const { context, clock, shown } = display({ live: true });
  shown.started("xor", "derived");
  const before = context.written.err.length;
  for (let i = 0; i < 1000; i++) {
    clock.now += 1;
    shown.progress("xor", "derived", { stage: "a", done: i, total: 1000 });
  }
  const draws = context.written.err.slice(before).split("runs finished").length - 1;
  expect(draws).toBe(10);
});

test("lines are cut to the width of the terminal", () => {
  const { context, shown } = display({ live: true, columns: 40 });
  shown.started("xor", "derived");
  shown.progress("xor", "derived", { stage: "一个很长很长的阶段名".repeat(5), done: 1, total: 2, loss: 1 });
  for (const line of screen(context.written.err)) expect(widthOf(line)).toBeLessThan(40);
});

test("without a terminal: no escape codes, one line about a program every 15 seconds", () => {
  const { context, clock, shown } = display({ live: false });
  shown.started("xor", "derived");
  for (let i = 0; i <= 60; i++) {
    clock.now = 500 * i;
    shown.progress("xor", "derived", { stage: "a", done: i, total: 60 });
  }
  shown.end();
  expect(context.written.err).not.toContain("\x1b");
  expect(context.written.err.trim().split("\n")).toHaveLength(3);
});
