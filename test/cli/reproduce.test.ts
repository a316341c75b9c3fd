import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { version } from "../../package.json";
import { runCli } from "../../src/cli/cli.ts";
import type { Library } from "../../src/cli/context.ts";
import { probeFeatures } from "../../src/wasm/features.ts";
import { fakeLibrary, recorded, scratchFolder } from "./fake.ts";

const folder = scratchFolder();
const path = (name: string) => join(folder, name);

test("table, JSON and report of two programs in both variants", async () => {
  const context = recorded();
  const args = ["reproduce", "pencil", "xor", "--jobs", "0", "--out", path("a"), "--json", path("a.json")];
  expect(await runCli(args, context), context.written.err).toBe(0);
  const { out } = context.written;
  const rows = out.split("\n").filter((line) => /^(xor|pencil)/.test(line));
  expect(rows.map((row) => row.split(/ {2,}/))).toEqual(
    ["xor", "pencil"].flatMap((program) =>
      ["published", "derived"].map((v) => [
        program,
        v,
        "training accuracy",
        "100 %",
        "100 %",
        "12.3",
        "yes",
        "1.3",
      ]),
    ),
  );
  expect(out.trimEnd().endsWith(`Report: ${path("a")}/index.html`)).toBe(true);

  expect(readdirSync(path("a")).sort()).toEqual([
    ".papergrad-report",
    "index.html",
    "pencil-derived.csv",
    "pencil-published.csv",
    "xor-derived.csv",
    "xor-published.csv",
  ]);
  const page = readFileSync(path("a/index.html"), "utf8");
  for (const text of [
    "Tiny xor",
    "小小的 pencil",
    "dw = 2 w x²",
    "epoch: 1 loss: 0.5000",
    "xor-one",
    "halves",
    "Nothing to compute.",
    "tiny.json b",
    "xor-published.csv",
    "0badf00d",
  ])
    expect(page, text).toContain(text);
});

test("the JSON is what is promised", async () => {
  const args = [
    "reproduce",
    "xor",
    "--variant",
    "derived",
    "--seed",
    "5",
    "--no-report",
    "--json",
    path("b.json"),
  ];
  expect(await runCli(args, recorded())).toBe(0);
  expect(JSON.parse(readFileSync(path("b.json"), "utf8"))).toEqual({
    papergrad: version,
    node: process.version,
    features: probeFeatures(),
    programs: [
      {
        program: "xor",
        variant: "derived",
        dtype: "float64",
        backend: "wasm",
        seed: 5,
        steps: 3,
        seconds: 1.25,
        result: { loss: 0.5, trainAccuracy: 1 },
        published: { trainAccuracy: 1 },
        agreement: { golden: "tiny.json b", values: 6, digits: 12.34 },
        replays: [
          { golden: "tiny.json a", values: 4, digits: 15.5, withinSensitivity: true },
          { golden: "tiny.json b", values: 6, digits: 12.34, withinSensitivity: true },
        ],
        weightsHash: "0badf00d",
      },
    ],
  });
});

test("--dtype, --backend and Chinese reach their places", async () => {
  const context = recorded({ language: "zh" });
  const args = [
    "reproduce",
    "xor",
    "--dtype",
    "float32",
    "--backend",
    "interpreter",
    "--no-report",
    "--json",
  ];
  expect(await runCli([...args, path("c.json")], context)).toBe(0);
  const { programs } = JSON.parse(readFileSync(path("c.json"), "utf8"));
  expect(programs[0]).toMatchObject({ dtype: "float32", backend: "interpreter", seed: 7 });
  for (const word of ["程序", "训练准确率", "发表的结果", "与 NumPy"])
    expect(context.written.out).toContain(word);
});

test("progress: plain lines without a terminal, none with --quiet", async () => {
  const plain = recorded();
  await runCli(["reproduce", "xor", "--no-report"], plain);
  expect(plain.written.err).toBe(
    [
      "xor    published  started",
      "✓ xor    published    1.3 s  loss 0.5000  accuracy 100.0 %",
      "xor    derived    started",
      "✓ xor    derived      1.3 s  loss 0.5000  accuracy 100.0 %",
      "",
    ].join("\n"),
  );
  const quiet = recorded();
  await runCli(["reproduce", "xor", "--no-report", "--quiet"], quiet);
  expect(quiet.written.err).toBe("");
});

test("one program fails: the others are reported, the failure is one line, the code is its own", async () => {
  const context = recorded();
  expect(await runCli(["reproduce", "mnist", "xor", "--out", path("d")], context)).toBe(2);
  const lines = context.written.err.split("\n").filter((line) => line.startsWith("papergrad:"));
  expect(lines).toEqual([
    "papergrad: mnist published, mnist derived: loadMnist: expected the package, it is not installed.",
  ]);
  expect(readFileSync(path("d/index.html"), "utf8")).toContain("mnist published, mnist derived");
});

test("nothing finishes: nothing is written", async () => {
  const context = recorded();
  expect(await runCli(["reproduce", "mnist", "--out", path("e"), "--json", path("e.json")], context)).toBe(2);
  expect(context.written.out).toBe("");
  expect([existsSync(path("e")), existsSync(path("e.json"))]).toEqual([false, false]);
});

test("a replay out of bounds is said and gives code 1", async () => {
  const context = recorded();
  expect(await runCli(["reproduce", "iris", "--variant", "derived", "--no-report"], context)).toBe(1);
  expect(context.written.out).toMatch(/^iris .* NO +1\.3$/m);
  expect(context.written.err).toMatch(/^papergrad: the replay differs .*: iris derived\.$/m);
});

test("Ctrl-C before anything has finished: nothing is written, no other program begins, code 130", async () => {
  const context = recorded();
  const library: Library = {
    names: ["xor", "moons"],
    load: async (name) => {
      setTimeout(() => context.interrupt(), 5);
      return fakeLibrary.load(name);
    },
  };
  // Moons is the longer one and begins; it waits for the interruption.
  const args = ["reproduce", "--variant", "derived", "--out", path("f")];
  expect(await runCli(args, { ...context, library })).toBe(130);
  expect(context.written.err).toContain(
    "Interrupted. Finished: nothing. Not finished: xor derived, moons derived. Nothing is written.",
  );
  expect(context.written.err).not.toContain("xor    derived  ");
  expect(existsSync(path("f"))).toBe(false);
});

test("Ctrl-C in the second variant keeps the first", async () => {
  const context = recorded();
  const running = runCli(["reproduce", "moons", "--out", path("g"), "--json", path("g.json")], {
    ...context,
    library: {
      names: ["moons"],
      load: async () => {
        const [quick, slow] = [await context.library.load("xor"), await context.library.load("moons")];
        return {
          ...slow,
          run: async (options) => {
            if (options.variant === "published") return { ...(await quick.run(options)), program: "moons" };
            setTimeout(() => context.interrupt(), 5);
            return slow.run(options);
          },
        };
      },
    },
  });
  expect(await running).toBe(130);
  expect(context.written.err).toContain(
    "Interrupted. Finished: moons published. Not finished: moons derived. What has finished is written.",
  );
  expect(JSON.parse(readFileSync(path("g.json"), "utf8")).programs).toHaveLength(1);
  expect(readFileSync(path("g/index.html"), "utf8")).toContain("moons derived");
});
