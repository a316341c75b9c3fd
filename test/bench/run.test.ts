/** A smoke run with tiny rounds, the command line, and that a wrong loss is found. No time is asserted. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readArrays, writeArrays } from "../../bench/data-file.ts";
import { measure } from "../../bench/measure.ts";
import { nodesAt, peakFor } from "../../bench/nodes.ts";
import { parseOptions } from "../../bench/options.ts";
import { findSystems, type Runner } from "../../bench/systems.ts";
import type { Results } from "../../bench/types.ts";
import { workloads } from "../../bench/workloads.ts";

const folder = mkdtempSync(join(tmpdir(), "papergrad-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const noMnist = () => Promise.reject(new Error("not here"));

describe("options", () => {
  it("reads lists and numbers, and names what is unknown", () => {
    expect(parseOptions(["--only", "and, xor", "--rounds", "2"])).toMatchObject({
      only: ["and", "xor"],
      rounds: 2,
    });
    expect(parseOptions(["--help"])).toBeNull();
    expect(() => parseOptions(["--only", "andd"])).toThrow(/received "andd"/);
    expect(() => parseOptions(["--rounds", "0"])).toThrow(/whole number ≥ 1, received "0"/);
  });
});

describe("Nodes", () => {
  it("tells the version of each, this one first, and refuses what is none", () => {
    const { version } = nodesAt([])[0]!;
    expect(nodesAt([process.execPath]).map((n) => n.version)).toEqual([version, version]);
    expect(() => nodesAt(["/bin/true"])).toThrow(
      /--node: expected the path of a Node, received "\/bin\/true"/,
    );
  });
  it("holds a row against the peak of its Node, mode and threads", () => {
    const peak = (node: string, mode: "deterministic" | "fast", threads: number, gflops: number) =>
      ({ node, mode, dtype: "float32", threads, gflops }) as const;
    const peaks = [
      peak("20.1.0", "deterministic", 1, 10),
      peak("20.1.0", "deterministic", 2, 19),
      peak("24.1.0", "fast", 1, 40),
    ];
    const of = (node: string, mode: string, threads: number, dtype = "float32") =>
      peakFor(peaks, { node, mode, threads, dtype });
    expect(of("Node 20.1.0, jax-js 1", "jit", 1)).toBe(10);
    expect(of("Node 24.1.0", "fast", 1)).toBe(40);
    expect(of("NumPy 2", "by an expert", 0)).toBe(19);
    expect(of("Node 24.1.0", "deterministic", 1)).toBeNull();
    expect(of("Node 20.1.0", "deterministic", 1, "float64")).toBeNull();
  });
});

describe("data file", () => {
  it("gives back what was written", () => {
    const file = join(folder, "data.bin");
    const arrays = {
      x: { data: Uint8Array.of(1, 2, 3), shape: [1, 3] as [number, number] },
      y: { data: Int32Array.of(-5, 7), shape: [2, 1] as [number, number] },
      W1: { data: Float64Array.of(Math.PI), shape: [1, 1] as [number, number] },
    };
    const places = writeArrays(file, arrays);
    expect(places.y).toEqual({ offset: 64, shape: [2, 1], type: "int32" });
    const read = readArrays(file, places);
    expect(read).toEqual({ x: arrays.x.data, y: arrays.y.data, W1: arrays.W1.data });
  });
});

describe("run", () => {
  it("measures papergrad and the loops on xor, with the same losses", () => {
    const json = join(folder, "out.json");
    const args = "bench/main.ts --rounds 1 --only xor --systems papergrad,loops --json";
    const text = execFileSync(process.execPath, ["--import", "tsx", ...args.split(" "), json], {
      encoding: "utf8",
    });
    expect(text).toContain("typed-array loops");
    const { results, peak } = JSON.parse(readFileSync(json, "utf8")) as Results;
    // Rows for more threads say that one is enough for so little; those of mode "fast" say what it uses.
    const alone = results.filter((r) => r.note === undefined);
    for (const r of results) expect(r.threads).toBe(1);
    expect(alone.map((r) => [r.system, r.mode, r.dtype])).toEqual([
      ["papergrad", "interpreter", "float32"],
      ["papergrad", "interpreter", "float64"],
      ["papergrad", "deterministic", "float32"],
      ["papergrad", "deterministic", "float64"],
      ["typed-array loops", "by hand", "float32"],
      ["typed-array loops", "by hand", "float64"],
    ]);
    const precise = results.filter((r) => r.dtype === "float64").map((r) => r.lossAfter!);
    for (const loss of precise) expect(loss).toBeCloseTo(precise[0]!, 12);
    for (const r of results) {
      expect(r.error).toBeUndefined();
      expect(r.usPerStep).toBeGreaterThan(0);
      const alike = peak.find(
        (p) =>
          p.mode === (r.mode === "fast" ? "fast" : "deterministic") &&
          p.dtype === r.dtype &&
          p.threads === r.threads,
      )!;
      expect(r.shareOfPeak).toBeCloseTo(r.flops! / r.usPerStep! / 1e3 / alike.gflops, 12);
    }
  });

  it("marks a system whose loss is another, and one that ends", async () => {
    const xor = workloads.find((w) => w.name === "xor")!;
    const file = join(folder, "xor.bin");
    const arrays = writeArrays(file, await xor.arrays(noMnist));
    const wrong = join(folder, "wrong.mjs");
    const serve = JSON.stringify(new URL("../../bench/peers/serve.mjs", import.meta.url).href);
    writeFileSync(
      wrong,
      `import { serve } from ${serve}; await serve(() => ({ versions: "", reset() {}, run: () => 0.1 }));`,
    );
    const { runners } = findSystems(["papergrad", "loops"]);
    const precise = runners.filter(
      (r) => r.dtype === "float64" && ["deterministic", "by hand"].includes(r.mode) && r.threads === 1,
    );
    const fake = (command: string[]): Runner => ({ ...precise[0]!, system: "fake", command });
    const fakes = [
      fake([process.execPath, wrong]),
      fake([process.execPath, "-e", "throw new Error('gone')"]),
    ];
    const options = { rounds: 1, seconds: 0.001, say: () => {} };
    const rows = await measure(xor, file, arrays, [...precise, ...fakes], options);
    expect(rows.map((r) => r.error === undefined)).toEqual([true, true, false, false]);
    expect(rows[2]!.error).toMatch(/^loss 0\.1 after the check/);
    expect(rows[3]!.error).toMatch(/gone/);
    expect(rows[2]!.usPerStep).toBeNull();
  });
});
