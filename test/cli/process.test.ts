/** The command as a process: exit codes, streams, worker threads, Ctrl-C. The built one is built into a passing folder. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "./fake.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = scratchFolder();

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs node with arguments; `until` is called with what has been written to standard error so far. */
function node(args: readonly string[], until?: (err: string, kill: () => void) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, LC_ALL: "C" } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
      until?.(err, () => child.kill("SIGINT"));
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

describe("from sources", () => {
  const tsx = join(dirname(createRequire(import.meta.url).resolve("tsx/package.json")), "dist", "cli.mjs");
  const papergrad = (...args: string[]) => node([tsx, "src/cli/main.ts", ...args]);

  test("--version: standard output, code 0", async () => {
    expect(await papergrad("--version")).toMatchObject({ code: 0, err: "", out: /^papergrad \d/ });
  });

  test("an unknown program: one line on standard error, code 2", async () => {
    const { code, out, err } = await papergrad("reproduce", "xxor");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^papergrad: [^\n]*Did you mean "xor"\?\n$/);
  });

  test("a file in the place of the report: code 2, the file is untouched", async () => {
    const before = readFileSync(join(root, "package.json"), "utf8");
    const { code, err } = await papergrad("reproduce", "not", "--out", "package.json");
    expect(code).toBe(2);
    expect(err).toMatch(/^papergrad: --out: expected a folder, received the file package\.json\./);
    expect(readFileSync(join(root, "package.json"), "utf8")).toBe(before);
  });
});

describe("built", () => {
  // Inside the project, so that packages are found; in no folder that is packed or watched.
  const dist = join(root, "node_modules", ".papergrad-test", String(process.pid));
  const papergrad = (...args: string[]) => node([join(dist, "cli.js"), ...args]);

  beforeAll(async () => {
    mkdirSync(dist, { recursive: true });
    await build({
      config: join(root, "tsdown.config.ts"),
      cwd: root,
      entry: { cli: "src/cli/main.ts", worker: "src/cli/worker.ts" },
      outDir: dist,
      dts: false,
      clean: false,
      logLevel: "silent",
    });
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  test("worker threads give what one process gives", async () => {
    const args = ["reproduce", "not", "pencil", "--variant", "derived", "--no-report", "--quiet", "--json"];
    const threads = await papergrad(...args, join(folder, "two.json"), "--jobs", "2");
    const alone = await papergrad(...args, join(folder, "none.json"), "--jobs", "0");
    expect([threads.code, threads.err, alone.code, alone.err]).toEqual([0, "", 0, ""]);
    const read = (name: string) =>
      JSON.parse(readFileSync(join(folder, name), "utf8")).programs.map((p: object) => ({
        ...p,
        seconds: 0,
      }));
    expect(read("two.json")).toHaveLength(2);
    expect(read("two.json")).toEqual(read("none.json"));
  });

  test("a report, then one in its place", async () => {
    const out = join(folder, "report");
    for (let i = 0; i < 2; i++) expect((await papergrad("reproduce", "pencil", "--out", out)).code).toBe(0);
    expect(existsSync(join(out, "index.html"))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith("report"))).toEqual(["report"]);
  });

  test("Ctrl-C: what has finished is written, code 130", async () => {
    const out = join(folder, "interrupted");
    let sent = false;
    const { code, err } = await node(
      [join(dist, "cli.js"), "reproduce", "pencil", "digits", "--variant", "derived", "--out", out],
      (text, kill) => {
        if (sent || !text.includes("✓ pencil")) return;
        sent = true;
        kill();
      },
    );
    expect(code).toBe(130);
    expect(err).toContain("Interrupted. Finished: pencil derived. Not finished: digits derived.");
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain("digits derived");
  });
});
