/** The lessons as data: both languages, formulas that typeset, links that the schema takes, checks that can be passed. */
import temml from "temml";
import { describe, expect, test } from "vitest";
import { setNames } from "../../../studio/data/sets.ts";
import type { Text } from "../../../studio/language.ts";
import type { Derivation } from "../../../studio/lessons/algebra/derivation.ts";
import { equationLatex, latex, letterLatex } from "../../../studio/lessons/algebra/latex.ts";
import { type Check, numberIn } from "../../../studio/lessons/checks.ts";
import { lessons } from "../../../studio/lessons/index.ts";
import { checksOf, figuresOf, type Lesson } from "../../../studio/lessons/lesson.ts";
import { passedIn } from "../../../studio/lessons/progress.ts";
import { codeRunsOf, lettersOf, runsOf } from "../../../studio/lessons/prose.ts";
import { pageText } from "../../../studio/pencil/page.ts";
import { FIRST } from "../../../studio/playground/first.ts";
import { decode, encode } from "../../../studio/state/url.ts";

/** Every text a lesson shows, errata apart: those have tests of their own. */
function textsOf(lesson: Lesson): Text[] {
  const found: Text[] = [lesson.title, lesson.lead];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("en" in value && "zh" in value) {
      found.push(value as Text);
      return;
    }
    for (const part of Object.values(value)) walk(part);
  };
  for (const { title, pieces } of lesson.sections) {
    found.push(title);
    for (const piece of pieces) if (piece.kind !== "errata") walk(piece);
  }
  return found;
}

const typeset = (formula: string): void => {
  const markup = temml.renderToString(formula, { throwOnError: true, trust: true });
  expect(markup, formula).toContain("<math");
};

function formulasOf({ letters, steps }: Derivation): string[] {
  return [
    ...letters.flatMap(({ letter, size }) => [letterLatex(letter), size]),
    ...steps.flatMap((step) => {
      if (step.kind === "say") return [];
      if (step.kind === "chain")
        return [
          letterLatex(step.left),
          `\\phantom{${step.left.latex}}`,
          ...step.lines.map((l) => latex(l.of)),
        ];
      return [equationLatex(step.equation)];
    }),
  ];
}

describe.each(lessons)("$name", (lesson) => {
  const letters = lettersOf(lesson);
  const texts = textsOf(lesson);

  test("every text stands in English and in Chinese", () => {
    expect(texts.length).toBeGreaterThan(20);
    for (const { en, zh } of texts) {
      expect(en.trim(), zh).not.toBe("");
      expect(zh.trim(), en).not.toBe("");
      expect(en, en).not.toMatch(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/);
      // Prose in Chinese has Chinese characters and Chinese punctuation; formulas, code and numbers stand as they are.
      const words = runsOf(zh, letters)
        .filter((r) => r.kind === "words" || r.kind === "emphasis")
        .map((r) => r.text)
        .join("");
      if (/[A-Za-z]{4}/.test(en.replace(/\$[^$]*\$/g, "")) && zh !== en)
        expect(words, en).toMatch(/[\u4e00-\u9fff]/);
      expect(words, zh).not.toMatch(/[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]/);
    }
  });

  test("every formula typesets, and every letter a text names is one of the derivation's", () => {
    for (const text of texts)
      for (const words of [text.en, text.zh])
        for (const run of runsOf(words, letters))
          if (run.kind === "math" || run.kind === "display") {
            expect(run.text, words).not.toContain("@");
            typeset(run.text);
          } else expect(run.text, words).not.toMatch(/[$@]/);
    for (const { pieces } of lesson.sections)
      for (const piece of pieces)
        if (piece.kind === "derivation") for (const formula of formulasOf(piece.derivation)) typeset(formula);
  });

  test("its links are records that the rooms take whole", () => {
    const links = lesson.sections.flatMap((s) =>
      s.pieces.flatMap((piece) => (piece.kind === "elsewhere" ? [piece.to] : [])),
    );
    expect(links.length).toBeGreaterThan(1);
    for (const { room, query } of links)
      if (room === "playground") {
        const { experiment, problems } = decode(query, FIRST);
        expect(problems).toEqual([]);
        expect(setNames).toContain(experiment.data.kind);
        expect(encode(experiment, FIRST)).toBe(query);
      } else if (room === "pencil") {
        const { record, problems } = pageText.decode(query);
        expect(problems).toEqual([]);
        expect(record.program).toBe(lesson.name === "recursion" ? "moons" : lesson.name);
      } else expect(query).toBe("");
  });

  test("ids of checks and tables are its own", () => {
    for (const ids of [checksOf(lesson), figuresOf(lesson)].map((all) => all.map(({ id }) => id)))
      expect(new Set(ids).size).toBe(ids.length);
    expect(checksOf(lesson).length).toBeGreaterThan(1);
  });

  test("its tables are computed: as many cells as columns, all of them finite numbers or words", async () => {
    for (const { columns, compute } of figuresOf(lesson)) {
      const rows = await compute();
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        expect(row.length).toBe(columns.length);
        for (const cell of row) if (typeof cell === "string") expect(cell).not.toMatch(/undefined/);
      }
    }
  });
});

/** Answers worked out by hand, and answers that are wrong. */
const ANSWERS: Readonly<Record<string, { readonly right: string[]; readonly wrong: readonly string[][] }>> = {
  "and/first-gradient": {
    right: ["0", "0", "1/4"],
    wrong: [
      ["0", "0", "-1/4"],
      ["0", "0", "1"],
      ["0", "", "1/4"],
    ],
  },
  "and/pull": { right: ["14"], wrong: [["3.5"], ["7"], ["λ"]] },
  "and/certain": {
    right: ["0", "400000"],
    wrong: [
      ["0.001", "20000"],
      ["2", "1"],
    ],
  },
  "or/first-gradient": { right: ["-0.25", "−0.25", "-1/4"], wrong: [["0.25", "0.25", "0.25"]] },
  "or/whose-gradient": { right: ["2"], wrong: [["0"], ["1"], ["3"], [""]] },
  "not/first-gradient": { right: ["0.25", "0"], wrong: [["0.25", "0.25"]] },
  "not/threshold": { right: ["0.481"], wrong: [["0.5"], ["-0.481"]] },
  "not/why-equal": { right: ["1"], wrong: [["0"], ["2"]] },
  "xor/four-of-four": {
    right: ["derived", "6", "0"],
    wrong: [
      ["published", "2", "0"],
      ["derived", "31", "0"],
      ["neither", "6", "0"],
    ],
  },
  "xor/delta-1": { right: ["2"], wrong: [["0"], ["1"], ["3"]] },
  "xor/vanishing-bias": { right: ["66"], wrong: [["65"], ["67"], ["6.5"]] },
  "iris/guess": { right: ["1.0986"], wrong: [["0"], ["0.693"], ["2"]] },
  "iris/size": {
    right: ["20", "20"],
    wrong: [
      ["4", "20"],
      ["20", "4"],
    ],
  },
  "iris/flowers": { right: ["2"], wrong: [["1"], ["3"]] },
  "mnist/rate": { right: ["65025"], wrong: [["255"], ["1/255"], ["1"]] },
  "mnist/unused": { right: ["96"], wrong: [["0"], ["256"]] },
  "mnist/overflow": { right: ["89"], wrong: [["88"], ["90"], ["88.5"]] },
  "moons/coin": { right: ["0.6931"], wrong: [["0.5"], ["1"], ["0"]] },
  "moons/columns": { right: ["1"], wrong: [["0"], ["2"], ["3"]] },
  "moons/nan": { right: ["37"], wrong: [["36"], ["38"]] },
  "digits/length": { right: ["10285"], wrong: [["10250"], ["10000"]] },
  "digits/which-check": { right: ["2"], wrong: [["0"], ["1"]] },
  "digits/descent": {
    right: ["derived", "0.5"],
    wrong: [
      ["published", "0.5"],
      ["derived", "0"],
    ],
  },
  "pencil/g3": {
    right: ["-1/4", "1/4", "-1/4", "1/4", "-.25", ".25"],
    wrong: [
      ["-1/8", "1/8", "-1/8", "1/8", "-1/8", "1/8"],
      ["1/4", "-1/4", "1/4", "-1/4", "1/4", "-1/4"],
    ],
  },
  "pencil/ratio": { right: ["50.5"], wrong: [["101"], ["2"]] },
  "pencil/true-gradient": { right: ["2", "0"], wrong: [["0.1", "0"]] },
  "recursion/size": {
    right: ["2", "5"],
    wrong: [
      ["5", "2"],
      ["5", "5"],
    ],
  },
  "recursion/forgotten-slope": { right: ["1"], wrong: [["0"], ["2"], ["3"]] },
};

const named = (id: string): Check => {
  const [name, check] = id.split("/");
  return checksOf(lessons.find((l) => l.name === name)!).find((c) => c.id === check)!;
};

test("every check has answers here", () => {
  const ids = lessons.flatMap((l) => checksOf(l).map((c) => `${l.name}/${c.id}`));
  expect(ids).toEqual(Object.keys(ANSWERS));
});

describe.each(Object.entries(ANSWERS))("check %s", (id, { right, wrong }) => {
  test("the right answer passes, wrong ones fail, each with its reason in both languages", async () => {
    const check = named(id);
    const good = await check.judge(right);
    expect(good.because.en).toBeTruthy();
    expect(good, good.because.en).toMatchObject({ passed: true });
    const reasons = new Set<string>();
    for (const answer of wrong) {
      const { passed, because } = await check.judge(answer);
      expect(passed, `${answer}: ${because.en}`).toBe(false);
      expect(because.zh).toMatch(/[\u4e00-\u9fff]/);
      reasons.add(because.en);
    }
    expect(reasons.has(good.because.en)).toBe(false);
  });

  test("of a choice exactly one option holds", async () => {
    const { form, judge } = named(id);
    if (form.kind !== "choice") return;
    const passed = await Promise.all(form.options.map(async (_, i) => (await judge([String(i)])).passed));
    expect(passed.filter(Boolean).length).toBe(1);
  });
});

test("numbers are read as people write them", () => {
  expect(
    [
      "0.25",
      " .25 ",
      "1/4",
      "−1/4",
      "－１".normalize("NFKC"),
      "2e-3",
      "1/0",
      "a",
      "",
      "1/2/3",
      "0x10",
      "Infinity",
    ].map(numberIn),
  ).toEqual([0.25, 0.25, 0.25, -0.25, -1, 2e-3, null, null, null, null, null, null]);
});

test("punctuation stays with the formula before it", () => {
  expect(runsOf("令 $x$。再看 `y`，z", new Map())).toEqual([
    { kind: "words", text: "令 " },
    { kind: "math", text: "x", tail: "。" },
    { kind: "words", text: "再看 " },
    { kind: "code", text: "y" },
    { kind: "words", text: "，z" },
  ]);
});

test("progress that is no list of texts counts as nothing", () => {
  expect([...passedIn('["and/pull", 3]')]).toEqual(["and/pull"]);
  for (const bad of [null, "", "{", "{}", "7"]) expect(passedIn(bad).size).toBe(0);
});

test("errata show code and nothing else of the notation", () => {
  expect(codeRunsOf("a * is missing in `2e` and $1 *")).toEqual([
    { kind: "words", text: "a * is missing in " },
    { kind: "code", text: "2e" },
    { kind: "words", text: " and $1 *" },
  ]);
});
