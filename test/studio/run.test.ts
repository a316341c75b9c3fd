/** A run: the same bits however it is cut, back and forth in time, forks and edits, and what it refuses. */
import { describe, expect, it } from "vitest";
import {
  type Experiment,
  experimentOf,
  type GivenExperiment,
  settingsOf,
} from "../../studio/state/experiment.ts";
import { Run } from "../../studio/train/run.ts";

const open = (given: GivenExperiment): Promise<Run> =>
  Run.open(experimentOf(given), {
    threads: 1,
    mnist: () => Promise.reject(new Error("no digits here")),
  });

const small = {
  data: { kind: "moons", count: 101, noise: 0.1 },
  layers: [{ units: 5, dropout: 0.1 }],
} as const;

function to(run: Run, step: number, chunk = 1000): Run {
  run.seek(step);
  while (run.step < step && run.advance(Math.min(chunk, step - run.step)) > 0);
  return run;
}

describe("a run", () => {
  it("has the same bits and curves however it is cut", async () => {
    const whole = to(await open(small), 1300);
    const cut = to(await open(small), 1300, 7);
    expect(cut.hash()).toBe(whole.hash());
    expect(cut.points()).toEqual(whole.points());
    expect(whole.step).toBe(1300);
    expect(whole.epoch).toBeCloseTo(1300 / 3, 12);
    const last = whole.points().at(-1)!;
    expect(last.loss).toBeLessThan(whole.points()[0]!.loss / 2);
    expect(last.gradients).toHaveLength(4);
    expect(last.updates.every((u) => u > 0 && u < 1)).toBe(true);
  });

  it("goes back and forth to the same bits", async () => {
    const run = await open(small);
    const hashes = new Map<number, string>();
    for (const step of [0, 10, 333, 700]) hashes.set(step, to(run, step).hash());
    for (const step of [333, 10, 700, 0, 333, 10]) expect(to(run, step).hash()).toBe(hashes.get(step));
    expect(new Set(hashes.values()).size).toBe(4);
    expect(run.end).toBe(700);
  });

  it("thins its curves, and still comes back everywhere", async () => {
    const run = await open(small);
    const early = to(run, 77).hash();
    to(run, 5000);
    expect(run.points().length).toBeLessThanOrEqual(512);
    expect(run.points().length).toBeGreaterThan(200);
    expect(to(run, 77).hash()).toBe(early);
  });

  it("a fork keeps what was before it and replays from its record", async () => {
    const run = to(await open(small), 200);
    const settings = settingsOf(
      experimentOf({ ...small, optimizer: { name: "sgd", learningRate: 0.5 }, batchSize: 8 }),
    );
    const before = to(run, 100).hash();
    run.edit({ kind: "settings", step: 100, settings });
    expect(run.hash()).toBe(before);
    expect(run.end).toBe(100);
    const forked = to(run, 200).hash();
    expect(to(run, 99).step).toBe(99);
    expect(to(run, 200).hash()).toBe(forked);
    const record: Experiment = { ...experimentOf(small), edits: [...run.editList] };
    expect(to(await open(record), 200, 13).hash()).toBe(forked);
    expect(to(await open(small), 200).hash()).not.toBe(forked);
  });

  it("an edited weight changes the loss at once, and is replayed", async () => {
    const run = to(await open(small), 20);
    const before = run.values();
    const index = run.about.weights.at(-1)!.offset;
    run.edit({ kind: "weight", step: 20, index, value: 3 });
    expect(run.parameters()[index]).toBe(3);
    expect(run.values().loss).not.toBe(before.loss);
    expect(run.points().at(-1)).toMatchObject({ step: 20, loss: run.values().loss });
    const hash = to(run, 50).hash();
    const again = await open({ ...small, edits: [...run.editList] });
    expect(to(again, 50).hash()).toBe(hash);
    expect(to(again, 20).parameters()[index]).toBe(3);
    expect(to(again, 19).parameters()[index]).not.toBe(3);
  });

  it.each(["lbfgs", "conjugateGradient"] as const)("%s moves by iterations, back and forth", async (name) => {
    const run = await open({
      data: { kind: "moons", count: 60 },
      layers: [{ units: 4 }],
      optimizer: { name },
      precision: "float64",
    });
    const three = to(run, 3).hash();
    const loss = run.values().loss;
    to(run, 40);
    expect(run.values().loss).toBeLessThan(loss);
    const far = run.hash();
    expect(to(run, 3).hash()).toBe(three);
    expect(to(run, run.end).hash()).toBe(far);
  });

  it.each([
    [{ data: { kind: "blobs3" } }, 3, 3],
    [{ data: { kind: "plane" } }, 0, 1],
    [{ data: { kind: "circles" }, loss: "categoricalCrossentropy" }, 2, 2],
    [{ data: { kind: "spirals3" }, loss: "meanSquaredError" }, 3, 3],
    [{ data: { kind: "xor" }, loss: "hinge" }, 2, 1],
  ] as const)("%j learns", async (given, classes, outputs) => {
    const run = await open(given);
    expect(run.about.classes).toBe(classes);
    expect(run.about.head.units).toBe(outputs);
    const start = run.values().loss;
    to(run, 400);
    expect(run.values().loss).toBeLessThan(start);
    const { layers, rows } = run.activations({ grid: 5 }, "all");
    expect(rows).toBe(25);
    expect(layers.map((l) => l.length)).toEqual([150, 100, 25 * outputs]);
  });

  it.each([
    [{ data: { kind: "plane" }, loss: "hinge" }, /hinge is for classes/],
    [{ data: { kind: "blobs3" }, loss: "hinge" }, /hinge is for two classes, the data have 3/],
    [{ data: { kind: "drawn" } }, /expected at least 2, received 0/],
    [{ data: { kind: "csv", csv: "1,2" } }, /three columns/],
  ] as const)("%j is refused in words", async (given, text) => {
    await expect(open(given)).rejects.toThrow(text);
  });

  it("stops before a loss that is not finite", async () => {
    const run = await open({
      data: { kind: "plane", count: 40 },
      layers: [{ units: 4, activation: "relu" }],
      optimizer: { name: "sgd", learningRate: 100 },
    });
    to(run, 5000);
    expect(run.ended).toBe("notFinite");
    expect([...run.parameters()].every(Number.isFinite)).toBe(true);
    to(run, 0);
    expect(run.ended).toBeNull();
  });
});
