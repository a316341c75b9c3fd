import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadExperiment, programNames } from "../../experiments/index.ts";
import { runCli } from "../../src/cli/cli.ts";
import type { Finding } from "../../src/inspect/index.ts";
import { recorded, scratchFolder } from "./fake.ts";

const folder = scratchFolder();
const library = { names: programNames, load: loadExperiment };

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** Three kinds that two columns tell apart. */
const rows = Array.from({ length: 90 }, (_, i) => {
  const kind = i % 3;
  const [a, b] = [kind - 1 + 0.2 * Math.sin(7 * i), (kind === 1 ? 1 : -0.5) + 0.2 * Math.cos(5 * i)];
  return { a, b, kind: ["red", "green", "blue"][kind]! };
});
const plain = ["a,b,kind", ...rows.map((r) => `${r.a.toFixed(3)},${r.b.toFixed(3)},${r.kind}`)];

async function run(args: readonly string[], options: Parameters<typeof recorded>[0] = {}) {
  const context = recorded({ library, ...options });
  const code = await runCli(["doctor", ...args], context);
  return { code, ...context.written };
}

async function findingsOf(args: readonly string[]): Promise<{ code: number; findings: Finding[] }> {
  const { code, out } = await run([...args, "--json"]);
  return { code, ...(JSON.parse(out) as { findings: Finding[] }) };
}

const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);

describe("a table of one's own", () => {
  test("a sound one: what was trained, and nothing wrong", async () => {
    const path = file("plain.csv", plain);
    const { code, out } = await run([path, "--activation", "tanh"]);
    expect(code).toBe(0);
    expect(out).toContain("90 rows, 2 inputs, target kind (3 classes); network 2-16-8-3; loss ");
    expect(out).toContain("✓ nothing wrong found");
    expect((await run([path, "--activation", "tanh"])).out).toBe(out);
  });

  test("columns in the thousands: named with their ranges and the numbers that scale them; --scale cures", async () => {
    const path = file("wide.csv", ["a,b,kind", ...rows.map((r) => `${r.a},${5000 + 1000 * r.b},${r.kind}`)]);
    const raw = await findingsOf([path]);
    expect(kinds(raw.findings)[0]).toBe("unscaled-inputs");
    expect(raw.findings[0]?.change).toMatchObject({ option: "scaling", columns: [1] });
    expect(kinds((await findingsOf([path, "--scale"])).findings)).not.toContain("unscaled-inputs");
    expect((await run([path])).out).toMatch(/Input column b \(\d+ … \d+\) is far from/);
  });

  test("an empty cell: row, column and line of the file, code 1, no training", async () => {
    const lines = [...plain];
    lines[5] = `${lines[5]!.split(",")[0]},,red`;
    const { code, out } = await run([file("gap.csv", lines)]);
    expect(code).toBe(1);
    expect(out).toContain("✗ error: not finite");
    expect(out).toContain("NaN at row 4, column 1 (b) of x");
    expect(out).toContain("(line 6 of the file)");
    expect(out).not.toContain("loss");
  });

  test("a learning rate of 100: the finding, its cure and code 1", async () => {
    const path = file("plain.csv", plain);
    const args = [path, "--optimizer", "sgd", "--learning-rate", "100", "--activation", "tanh"];
    const { code, findings } = await findingsOf(args);
    expect(code).toBe(1);
    const high = findings.find(({ kind }) => kind === "learning-rate-high");
    if (high?.change?.option !== "learningRate") throw new Error("expected another learning rate");
    expect(high.change.value).toBeLessThan(100);
  });

  test("numbers as target that overflow: the step, with its formula", async () => {
    const path = file("prices.csv", ["a,price", ...rows.map((r) => `${r.a},${100000 + 1000 * r.b}`)]);
    const { code, out } = await run([path, "--optimizer", "sgd", "--learning-rate", "50"]);
    expect(code).toBe(1);
    expect(out).toMatch(/The first number that is not finite arises in step \d+, in \w+/);
    expect(out).toMatch(/^ {2}(loss|[zd]\S+) = /m);
  });

  test("test rows that were trained on", async () => {
    const test = file("test.csv", [plain[0]!, plain[7]!, "9,9,red"]);
    const { findings } = await findingsOf([file("plain.csv", plain), "--test", test]);
    const twins = findings.find(({ kind }) => kind === "duplicate-rows");
    expect(twins).toMatchObject({ where: { data: "test", rows: [0] }, evidence: { count: 1, twin: 6 } });
  });

  test("--target, --drop, and a file without a header", async () => {
    const wordy = file("wordy.csv", ["kind,a,note,b", ...rows.map((r) => `${r.kind},${r.a},x,${r.b}`)]);
    const { code, out } = await run([wordy, "--target", "kind", "--drop", "note", "--layers", "4"]);
    expect(code).toBe(0);
    expect(out).toContain("2 inputs, target kind (3 classes); network 2-4-3");
    const bare = file("bare.csv", ["0.1,0.2,1", ...rows.map((r, i) => `${r.a},${r.b},${i % 2}`)]);
    expect((await run([bare])).out).toContain("91 rows, 2 inputs, target c3 (2 classes); network 2-16-8-1");
  });

  test("Chinese, and colour on a terminal", async () => {
    const path = file("wide.csv", ["a,b,kind", ...rows.map((r) => `${r.a},${5000 + r.b},${r.kind}`)]);
    const { out } = await run([path], { language: "zh", colour: true });
    expect(out).toContain("\u001b[33m! 警告：输入未缩放\u001b[0m");
    expect(out).toContain("→ 把每一列标准化");
    expect(out).not.toContain("warning");
  });
});

describe("a program", () => {
  test("xor from seed 3 stays on ln 2", async () => {
    const { code, out } = await run(["xor", "--seed", "3"]);
    expect(code).toBe(0);
    expect(out).toContain("xor, derived, seed 3: 1000 steps; loss 0.6932 → 0.6931");
    expect(out).toContain("! warning: plateau");
    expect(out).toContain("ln 2 (0.693)");
  });

  test("xor from seed 0 learns", async () => {
    const { findings } = await findingsOf(["xor", "--seed", "0", "--steps", "5000"]);
    expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  test("one that stops by itself is looked at where it stopped", async () => {
    const { code, out } = await run(["pencil", "--steps", "100000"]);
    expect(code).toBe(0);
    expect(out).toMatch(/pencil, derived, seed 0: \d+ steps/);
    expect(out).not.toContain("100000 steps");
  });
});

describe("mistakes are one line and code 2", () => {
  const path = file("mistakes.csv", plain);
  test.each([
    [[], /^papergrad: doctor: expected one program \(and, .*\) or a CSV file, received none\./],
    [["xor", "iris"], /received 2\./],
    [["xorr"], /Did you mean "xor"\?/],
    [[join(folder, "none.csv")], /expected a CSV file, there is none of this name\./],
    [
      [path, "--target", "kinds"],
      /expected one of the columns a, b, kind, received "kinds"\. Did you mean "kind"\?/,
    ],
    [
      [path, "--target", "a"],
      /line 2, column kind: expected a number, received "red"\. Leave the column out with --drop kind/,
    ],
    [[path, "--layers", "16,0"], /--layers: expected whole numbers ≥ 1 with commas between them/],
    [[path, "--learning-rate", "-1"], /--learning-rate: expected a number > 0, received "-1"/],
    [[path, "--optimizer", "adm"], /Did you mean "adam"\?/],
    [[path, "--drop", "a,b"], /expected at least one column besides the target/],
    [[file("head.csv", ["a,b"])], /expected at least one row below the header/],
  ] as const)("%j", async (args, message) => {
    const { code, err, out } = await run(args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(out).toBe("");
  });

  test("CSV that is broken names its line, code 1", async () => {
    const { code, err } = await run([file("ragged.csv", ["a,b", "1,2,3"])]);
    expect(code).toBe(1);
    expect(err).toContain("line 2: expected 2 cells as in the header, received 3");
  });
});
