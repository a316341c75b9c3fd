import { expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { gradientErrata } from "../../experiments/shared/errata-list.ts";
import { judge } from "../../src/cli/check.ts";
import { runCli } from "../../src/cli/cli.ts";
import type { GradientCheck } from "../../src/inspect/index.ts";
import { fakeLibrary, recorded } from "./fake.ts";

test("columns for each variant, and verdicts: derived right, published wrong as an erratum says", async () => {
  const context = recorded();
  expect(await runCli(["check", "xor"], context)).toBe(0);
  const { out } = context.written;
  // loss (w·x)² at x = 2, w = 0.5: gradient 2·w·x·x = 4; published claims half of it.
  expect(out).toMatch(/^w\[0,0\] +2\.000000000e\+0 +(4\.000000000e\+0|3\.999999999e\+0) +5\.0e-1$/m);
  expect(out).toContain(`differs (expected: erratum ${gradientErrata.xor.join(", ")})`);
  expect(out).toMatch(/✓ derived: OK, worst relative error \d/);
});

test("a wrong derived gradient, or a published one without an erratum, gives code 1", async () => {
  const wrong = recorded({
    library: {
      ...fakeLibrary,
      load: async (name) => {
        const experiment = await fakeLibrary.load(name);
        return { ...experiment, gradientProblem: () => experiment.gradientProblem("published") };
      },
    },
  });
  expect(await runCli(["check", "xor", "--variant", "derived"], wrong)).toBe(1);
  expect(wrong.written.out).toContain("✗ derived: WRONG");
  expect(gradientErrata.moons).toEqual([]);
  expect(await runCli(["check", "moons", "--variant", "published"], recorded())).toBe(1);
});

test("ten rows unless --all; the worst first", async () => {
  const library = {
    ...fakeLibrary,
    load: async (name: "xor") => ({
      ...(await fakeLibrary.load(name)),
      gradientProblem: async () => ({
        name: "xor, derived, sum of squares",
        values: { w: Array.from({ length: 25 }, (_, i) => i / 7) },
        build: (g: import("../../src/engine.ts").Graph) => {
          const w = g.parameter("w", [5, 5]);
          const loss = g.sum(g.square(w));
          return { loss, gradients: { w: g.gradient(loss, [w])[0]! } };
        },
      }),
    }),
  } as typeof fakeLibrary;
  const [short, all] = [recorded({ library }), recorded({ library })];
  expect(await runCli(["check", "xor", "--variant", "derived"], short)).toBe(0);
  expect(await runCli(["check", "xor", "--variant", "derived", "--all"], all)).toBe(0);
  const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("w["));
  expect(rows(short.written.out)).toHaveLength(10);
  expect(short.written.out).toContain("15 more with smaller errors");
  expect(rows(all.written.out)).toHaveLength(25);
  const errors = rows(all.written.out).map((line) => Number(line.split(/ +/).at(-1)));
  expect(errors).toEqual([...errors].sort((a, b) => b - a));
  expect(short.written.out).toContain("xor · derived · sum of squares (25 of 25 entries checked)");
});

test("nothing but kinks proves nothing", () => {
  const row = { parameter: "w", row: 0, col: 0, analytic: 0, numeric: 1, relativeError: 1, kink: true };
  const found: GradientCheck = { name: "x", rows: [row], worst: 0, entries: 1 };
  expect(judge("xor", "derived", found).expected).toBe(false);
});

test("the errata named for gradients exist", async () => {
  for (const name of programNames) {
    const ids = (await loadExperiment(name)).errata.map(({ id }) => id);
    for (const id of gradientErrata[name]) expect(ids, name).toContain(id);
  }
});
