/** Judging rows against targets, on rows made up for it. */
import { describe, expect, it } from "vitest";
import { between } from "../../bench/chart.ts";
import { markdownReport, markdownRows, textReport } from "../../bench/report.ts";
import { isTargeted, judge, oursFor, ratioTargets, verdicts } from "../../bench/targets.ts";
import type { Results, Row } from "../../bench/types.ts";

const row = (system: string, usPerStep: number | null, more: Partial<Row> = {}): Row => ({
  workload: "and",
  system,
  mode: "",
  dtype: "float32",
  threads: 1,
  node: "Node 20",
  usPerStep,
  spread: 0.01,
  flops: 32,
  shareOfPeak: 0.1,
  lossAfter: 0.5,
  ...more,
});
const numpy = ratioTargets.find((t) => t.workload === "and" && t.peer === "NumPy")!;

describe("targets", () => {
  const ours = row("papergrad", 0.5, { mode: "deterministic" });
  const peer = (us: number | null) => row("NumPy", us, { mode: "as published", dtype: "float64" });

  it("judges the ratio of the fastest rows", () => {
    const met = (us: number) => judge([ours, row("papergrad", 0.9), peer(us), peer(us * 2)], numpy);
    expect(met(29)).toMatchObject({ value: 58, met: "no" });
    expect(met(30)).toMatchObject({ value: 60, met: "yes" });
    expect(met(50)).toMatchObject({ value: 100, met: "aim" });
  });

  it("says what was not measured, and never counts the interpreter", () => {
    expect(judge([ours, peer(null)], numpy).met).toBe("not measured");
    expect(judge([row("papergrad", 0.1, { mode: "interpreter" }), peer(50)], numpy).met).toBe("not measured");
    expect(oursFor([ours], "and", { dtype: "float64" })).toBeUndefined();
  });

  it("takes the modes and Nodes that a target names", () => {
    const at = (workload: string, us: number, mode: string, node: string, threads = 1) =>
      row("papergrad", us, { workload, mode, node, threads });
    const rows = [
      at("wide", 100, "deterministic", "Node 20.20.2"),
      at("wide", 50, "deterministic", "Node 20.20.2", 2),
      at("wide", 40, "fast", "Node 20.20.2"),
      at("wide", 20, "fast", "Node 24.21.0"),
      at("wide", 10, "BLAS", "Node 20.20.2"),
      row("PyTorch", 12, { workload: "wide", mode: "eager" }),
    ];
    const values = verdicts(rows)
      .filter((v) => v.workload === "wide")
      .map((v) => v.value);
    expect(values).toEqual([1.2, 0.3, 0.6, 2]);
  });

  it("knows which rows it compares", () => {
    const ours = { system: "papergrad", mode: "deterministic", dtype: "float32", threads: 1 } as const;
    expect(isTargeted("mnist", ours)).toBe(true);
    expect(isTargeted("mnist", { ...ours, dtype: "float64" })).toBe(false);
    expect(isTargeted("moons", { ...ours, dtype: "float64" })).toBe(true);
    expect(isTargeted("mnist", { ...ours, mode: "interpreter" })).toBe(false);
    expect(isTargeted("predict-1", ours)).toBe(false);
    expect(isTargeted("wide", { ...ours, system: "NumPy", mode: "as published" })).toBe(false);
  });

  it("takes limits as largest times", () => {
    const step = row("papergrad", 9000, { workload: "first step" });
    const verdict = verdicts([step]).find((v) => v.workload === "first step")!;
    expect(verdict).toMatchObject({ value: 9, unit: "ms", met: "aim" });
  });
});

describe("reports", () => {
  const results: Results = {
    machine: "a machine",
    node: "Node 20",
    load: [0, 0, 0],
    peak: [{ node: "20.20.2", mode: "deterministic", dtype: "float32", threads: 1, gflops: 20 }],
    results: [
      row("papergrad", 0.5),
      row("NumPy", 50, { mode: "as published" }),
      row("JAX", null, { error: "broken" }),
    ],
    notMeasured: [{ system: "Keras", why: "not there" }],
  };

  it("shows ratio, errors and what is missing", () => {
    const text = textReport(results);
    expect(text).toMatch(/NumPy +as published .* 100 /);
    expect(text).toContain("broken");
    expect(text).toContain("Keras: not there");
  });

  it("writes Markdown tables with equally many cells in each line", () => {
    for (const language of ["en", "zh"] as const) {
      expect(markdownReport(results, language, "x.svg", "rows.md")).toContain("](rows.md)");
      const lines = markdownRows(results, language).split("\n");
      const results12 = lines.filter(
        (l) => l.startsWith("|") && /papergrad|NumPy \| as|JAX/.test(l) && l.includes(" and | "),
      );
      expect(results12.length).toBe(3);
      for (const line of results12) expect(line.split(" | ").length).toBe(13);
    }
  });

  it("replaces only what stands between the marks", () => {
    const page = "a\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nz";
    expect(between(page, "new")).toBe("a\n<!-- measured: begin -->\nnew\n<!-- measured: end -->\nz");
    expect(() => between("nothing", "new")).toThrow(/measured: begin/);
  });
});
