/**
 * The Nodes that papergrad is measured on: the one that runs the benchmark, and others named by their paths.
 *
 * `papergrad` chooses its instructions at run time; a peak has to be told which ones V8 may use.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Peak, PeakMode } from "./types.ts";

export interface NodeBinary {
  readonly path: string;
  /** "20.20.2" */
  readonly version: string;
}

/** How to run TypeScript. */
export const tsx = createRequire(import.meta.url).resolve("tsx");

/** This process's Node first. @throws {Error} for a path that is not a Node. */
export function nodesAt(paths: readonly string[]): NodeBinary[] {
  const others = paths.map((path) => {
    const { stdout } = spawnSync(path, ["-p", "process.versions.node"], { encoding: "utf8" });
    if (!/^\d+\.\d+\.\d+/.test(stdout ?? ""))
      throw new Error(`bench: --node: expected the path of a Node, received "${path}".`);
    return { path, version: stdout.trim() };
  });
  return [{ path: process.execPath, version: process.versions.node }, ...others];
}

export const majorOf = (version: string): number => Number.parseInt(version, 10);

/** Node 20 has relaxed SIMD behind a flag; from 24 on V8 can join neighbours to vectors of twice the width. */
function flagsFor(version: string, mode: PeakMode): string[] {
  if (mode === "deterministic") return [];
  const major = majorOf(version);
  return [
    ...(major < 21 ? ["--experimental-wasm-relaxed-simd"] : []),
    ...(major >= 24 ? ["--experimental-wasm-revectorize"] : []),
  ];
}

/** What multiply-adds in registers reach on one thread, and on as many as there are cores. */
export function peaksOn({ path, version }: NodeBinary, mode: PeakMode): Peak[] {
  const program = fileURLToPath(new URL("peak.ts", import.meta.url));
  const counts = [...new Set([1, availableParallelism()])].join();
  const args = [...flagsFor(version, mode), "--import", tsx, program, mode, counts];
  const { stdout, stderr } = spawnSync(path, args, { encoding: "utf8" });
  if (stdout === "")
    throw new Error(`bench: no peak of Node ${version}: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout) as Peak[];
}

/** Which of the peaks a row is held against: its own Node and threads; for other languages, those of the first Node. */
export function peakFor(
  peaks: readonly Peak[],
  { node, mode, dtype, threads }: { node: string; mode: string; dtype: string | null; threads: number },
): number | null {
  const version = /^Node (\S+?)(,|$)/.exec(node)?.[1] ?? peaks[0]?.node;
  const kind: PeakMode = /fast|BLAS/.test(mode) ? "fast" : "deterministic";
  const alike = peaks.filter((p) => p.node === version && p.mode === kind && p.dtype === dtype);
  const most = Math.max(...alike.map((p) => p.threads));
  return alike.find((p) => p.threads === (threads === 0 ? most : threads))?.gflops ?? null;
}
