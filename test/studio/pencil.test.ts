/** The Pencil room in a real Chromium: its numbers are the trace's, and everything on the sheet answers. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { loadExperiment } from "../../experiments/index.ts";
import type { ProgramName, Variant } from "../../experiments/types.ts";
import { traceStep, worksheet } from "../../src/inspect/index.ts";
import { loadMnist } from "../../src/platform/node.ts";
import { decimalsShown, written } from "../../studio/pencil/numbers.ts";
import { type Edit, PencilSession } from "../../studio/pencil/session.ts";
import { axe, type OpenOptions, shot, studio } from "./browser.ts";

const { open } = studio();

/** Opens a sheet and waits until it is the one asked for, gradients and all. */
async function sheet(query = "", options: OpenOptions = {}): Promise<Page> {
  const page = await open(`#/pencil${query === "" ? "" : `?${query}`}`, options);
  await page.locator(".mx td").first().waitFor();
  await settled(page);
  return page;
}

const settled = (page: Page) => page.locator('.pencil[aria-busy="false"]').waitFor();
const block = (page: Page, label: string, variant: Variant = "published") =>
  page.locator(`[data-block="${variant} ${label}"]`);
const at = (page: Page, label: string, place: number, variant: Variant = "published") =>
  block(page, label, variant).locator(`[data-at="${place}"]`);
/** Labels and positions of the cells that carry a class. */
const marked = (page: Page, name: string): Promise<string[]> =>
  page
    .locator(`[data-block] td.${name}`)
    .evaluateAll((all) =>
      all.map(
        (td) => `${td.closest("[data-block]")?.getAttribute("data-block")} ${(td as HTMLElement).dataset.at}`,
      ),
    );

/** The blocks of the page: label → position → text. */
async function shown(page: Page, variant: Variant): Promise<Map<string, Map<number, string>>> {
  const cells = await page
    .locator(`[data-block^="${variant} "] td[data-at]`)
    .evaluateAll((all) =>
      all.map((td): [string, string, string] => [
        td.closest("[data-block]")?.getAttribute("data-block") ?? "",
        (td as HTMLElement).dataset.at ?? "",
        td.textContent ?? "",
      ]),
    );
  const blocks = new Map<string, Map<number, string>>();
  for (const [name, place, text] of cells) {
    const label = name.slice(variant.length + 1);
    blocks.set(label, (blocks.get(label) ?? new Map()).set(Number(place), text));
  }
  return blocks;
}

async function traceOf(program: ProgramName, variant: Variant, step: number) {
  const experiment = await loadExperiment(program);
  const entry = await experiment.prepare(variant, { backend: "interpreter", dtype: "float64" });
  entry.run(step - 1);
  return worksheet(traceStep(entry));
}

describe("every number on the sheet is the trace's", () => {
  test.each([
    ["pencil", "published", 1],
    ["pencil", "derived", 6],
    ["and", "published", 3],
    ["not", "derived", 2],
    ["xor", "published", 2],
    ["digits", "published", 4],
    ["iris", "derived", 2],
  ] as const)("%s, %s, step %i", async (program, variant, step) => {
    const page = await sheet(`program=${program}&view=${variant}&step=${step}`);
    const blocks = await shown(page, variant);
    const exercises = await traceOf(program, variant, step);
    expect([...blocks.keys()].sort()).toEqual(exercises.map((e) => e.value.label).sort());
    for (const { value, decimals } of exercises) {
      const cells = blocks.get(value.label)!;
      // Large ones are excerpts: 12 × 8 of them are in sight.
      expect(cells.size).toBeGreaterThanOrEqual(
        Math.min(value.data.length, Math.min(value.shape[0], 12) * Math.min(value.shape[1], 8)),
      );
      for (const [place, text] of cells)
        expect(text, `${value.label} ${place}`).toBe(
          written(value.data[place]!, decimalsShown(value.data, decimals)),
        );
    }
    // Each has its formula, set as mathematics.
    expect(await page.locator("[data-block] math").count()).toBeGreaterThanOrEqual(exercises.length);
  });

  test("moons and MNIST on a few samples", async () => {
    const session = new PencilSession(loadMnist);
    for (const program of ["moons", "mnist"] as const) {
      const page = await sheet(`program=${program}&view=derived`);
      const { values } = await session.sheet({ program, variant: "derived", step: 1, edits: [] });
      const blocks = await shown(page, "derived");
      expect(blocks.size).toBe(values.length);
      for (const v of values)
        for (const [place, text] of blocks.get(v.label)!)
          expect(text, `${v.label} ${place}`).toBe(
            written(v.data[place]!, decimalsShown(v.data, v.decimals)),
          );
    }
  });
});

describe("a cell", () => {
  test("shows what it depends on, its arithmetic and its line, when pointed at", async () => {
    const page = await sheet("program=xor&view=derived");
    await at(page, "z1", 2 * 6 + 3, "derived").hover();
    await expect
      .poll(async () => (await marked(page, "used")).sort())
      .toEqual(["derived W1 3", "derived W1 9", "derived b1 3", "derived x 4", "derived x 5"].sort());
    await expect.poll(() => page.locator(".links rect").count()).toBe(3);
    // The frames stand around the cells they belong to.
    const frame = await page.locator(".links rect").first().boundingBox();
    const used = await at(page, "x", 4, "derived").boundingBox();
    expect(frame!.x).toBeLessThanOrEqual(used!.x);
    expect(frame!.y + frame!.height).toBeGreaterThanOrEqual(used!.y + used!.height);
    expect(frame!.x).toBeGreaterThan(used!.x - 12);
    const card = page.getByRole("complementary");
    const value = (await traceOf("xor", "derived", 1)).find((e) => e.value.label === "z1")!.value;
    await expect.poll(() => card.innerText()).toContain(String(value.data[15]));
    await expect.poll(() => card.innerText()).toContain("experiments/xor/step.ts:52");
    expect(await card.locator(".line.marked").innerText()).toContain('g.label("z1"');
    expect((await card.locator(".chip").allInnerTexts()).join()).toContain("W1 2");
    // Away from the matrix the card is empty again.
    await page.mouse.move(5, 5);
    await expect.poll(() => marked(page, "used")).toEqual([]);
  });

  test("formula, number and line of code are linked both ways", async () => {
    const page = await sheet("program=pencil&cell=S2:1:1");
    const spoken = page.locator(".block.spoken");
    await block(page, "S2").locator('[class~="to-1"]').first().hover(); // the first symbol after S2 itself
    await expect.poll(() => spoken.getAttribute("data-block")).toBe("published Z1");
    const name = page.locator(".code .name", { hasText: /^W2$/ }).first();
    await name.hover();
    await expect.poll(() => spoken.getAttribute("data-block")).toBe("published W2");
    await name.click();
    await expect.poll(() => page.url()).toContain("cell=W2:0:0");
    await block(page, "Z1").locator('[class~="to-1"]').first().click();
    await expect.poll(() => page.url()).toContain("cell=S1:0:0");
  });

  test("is reached and kept by keyboard alone", async () => {
    const page = await sheet("program=and&view=derived");
    const grid = page.getByRole("grid", { name: "z1, 4 × 1", exact: true });
    await grid.locator('td[tabindex="0"]').focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(async () => (await marked(page, "used")).sort())
      .toEqual(["derived b 0", "derived w 0", "derived w 1", "derived x 4", "derived x 5"].sort());
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press(" ");
    await expect.poll(() => page.url()).toContain("cell=z1:1:0");
    // From a weight, Enter goes to the field that sets it.
    await page.getByRole("grid", { name: "w, 2 × 1", exact: true }).locator('td[tabindex="0"]').focus();
    await page.keyboard.press("Enter");
    const field = page.getByLabel("Set this number to");
    await expect.poll(() => field.evaluate((f) => f === document.activeElement)).toBe(true);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("0.5");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("edits=1:w:0:0:0.5");
    await settled(page);
    expect(await at(page, "w", 0, "derived").innerText()).toMatch(/^0\.50*$/);
  });

  test("of a large matrix is reached through its excerpt", async () => {
    const page = await sheet("program=iris&view=derived&cell=z1:100:15");
    expect(await at(page, "z1", 100 * 20 + 15, "derived").getAttribute("class")).toContain("active");
    const trace = await traceOf("iris", "derived", 1);
    const z1 = trace.find((e) => e.value.label === "z1")!.value;
    await expect
      .poll(() => page.getByRole("complementary").innerText())
      .toContain(String(z1.data[2015]).replace("-", "−"));
    // Keys pressed one after the other lose no step at the edge of the excerpt.
    await at(page, "z1", 100 * 20 + 15, "derived").focus();
    for (let i = 0; i < 15; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press(" ");
    await expect.poll(() => page.url()).toContain("cell=z1:115:15");
    await page.getByRole("button", { name: "z1: rows before", exact: true }).click();
    expect(await at(page, "z1", 115 * 20 + 15, "derived").count()).toBe(0);
  });
});

test("an edit changes what depends on it, is marked, kept in the link and undone", async () => {
  const page = await sheet("program=xor&view=derived&cell=W1:0:2");
  await page.getByLabel("Set this number to").fill("0.5");
  await page.keyboard.press("Enter");
  const edits: Edit[] = [{ step: 1, label: "W1", row: 0, col: 2, value: 0.5 }];
  const edited = await new PencilSession(loadMnist).sheet({
    program: "xor",
    variant: "derived",
    step: 1,
    edits,
  });
  const expected = edited.values.flatMap((v) => v.changed.map((c) => `derived ${v.label} ${c}`));
  await expect.poll(async () => (await marked(page, "changed")).sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(10);
  await settled(page);
  await expect.poll(() => page.url()).toContain("edits=1:W1:0:2:0.5");
  await shot(page, "pencil-edited");
  await page.reload();
  await page.locator(".mx td").first().waitFor();
  await settled(page);
  expect((await marked(page, "changed")).sort()).toEqual(expected.sort());
  await page.getByRole("button", { name: "Undo the edit" }).click();
  await expect.poll(() => marked(page, "changed")).toEqual([]);
});

describe("gradients", () => {
  test("of the published paper network are not those of D, and the erratum says so", async () => {
    const page = await sheet("program=pencil&view=published");
    const g3 = block(page, "g3");
    await expect.poll(() => g3.innerText()).toContain("✗ W3: differs from central differences");
    expect(await g3.innerText()).toContain("pencil-other-loss");
    expect(await g3.locator(".mx.plain td.off").count()).toBe(6);
    await g3.locator("summary").click();
    expect(await g3.locator(".erratum p").innerText()).toContain("cross-entropy");
  });

  test("of the derived one agree with differences, cell by cell", async () => {
    const page = await sheet("program=pencil&view=derived&cell=dW2:1:1");
    await expect.poll(() => block(page, "dW2", "derived").innerText()).toContain("✓ W2: agrees");
    const card = page.getByRole("complementary");
    await expect.poll(() => card.innerText()).toContain("relative error");
    expect(await page.locator(".mx.plain td.off").count()).toBe(0);
  });
});

test("published and derived side by side, the difference with its erratum", async () => {
  const page = await sheet("program=xor&view=both", { width: 1600 });
  const different = await marked(page, "different");
  for (const cell of ["published b2' 0", "derived b2' 1"]) expect(different).toContain(cell);
  expect(different.some((c) => c.includes(" z1 "))).toBe(false);
  expect(await block(page, "b2'").innerText()).toContain("xor-bias-decays");
  expect(await block(page, "e").innerText()).toContain("Only the published step has it.");
  await shot(page, "pencil-side-by-side");
  const moons = await sheet("program=moons&view=both", { width: 1600 });
  expect(await block(moons, "dZ5").innerText()).toContain("8 times the derived one");
});

test("steps go forward and back, and end where the program ends", async () => {
  const page = await sheet("program=pencil");
  const w = () => at(page, "W1", 0).innerText();
  const first = await w();
  const next = await at(page, "W1'", 0).innerText();
  await page.getByRole("button", { name: "One step on" }).click();
  await expect.poll(w).toBe(next);
  await page.getByRole("button", { name: "One step back" }).click();
  await expect.poll(w).toBe(first);
  await page.getByLabel("Training step").fill("2000");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toContain("step=904");
  await expect.poll(() => page.locator(".sheet-head").innerText()).toContain("Step 904");
  await expect.poll(() => page.getByRole("status").first().innerText()).toContain("904");
});

describe("the worksheet", () => {
  test("has blanks, names the first wrong cell and shows what is right", async () => {
    const page = await sheet("program=pencil&paper=blanks");
    const trace = await traceOf("pencil", "published", 1);
    const s1 = trace.find((e) => e.value.label === "S1")!;
    const blank = block(page, "S1").locator("td.blank");
    expect(await blank.count()).toBe(9);
    expect(await block(page, "S1").locator("td").allInnerTexts()).toEqual(new Array(9).fill(""));
    expect(await at(page, "X", 0).innerText()).toBe("1");
    const typed = Array.from({ length: 3 }, (_, i) =>
      [...s1.value.data.slice(3 * i, 3 * i + 3)].map((v) => v.toFixed(s1.decimals)),
    );
    const field = page.getByLabel(/^Your S1/);
    const wrong = typed.map((row) => [...row]);
    wrong[1]![2] = "9";
    await field.fill(wrong.map((row) => row.join(" ")).join("\n"));
    await page.getByRole("button", { name: "Check S1" }).click();
    await expect.poll(() => block(page, "S1").innerText()).toContain("first wrong cell is S1[1,2]");
    expect(await marked(page, "wrong")).toEqual(["published S1 5"]);
    await field.fill(typed.map((row) => row.join(" ")).join("\n"));
    await page.getByRole("button", { name: "Check S1" }).click();
    await expect.poll(() => block(page, "S1").innerText()).toContain("S1 is right.");
    expect(await at(page, "S1", 0).innerText()).toBe(written(s1.value.data[0]!, s1.decimals));
    expect(await axe(page)).toEqual([]);
  });

  test("and its answers print without the controls", async () => {
    const page = await sheet("program=xor&view=derived&paper=blanks");
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".pencil-bar", ".top", ".answer-check"])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    expect(await block(page, "z1", "derived").locator("td.blank").first().isVisible()).toBe(true);
    await shot(page, "pencil-worksheet-print", { whole: true });
    expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(20_000);
    const answers = await sheet("program=xor&view=derived&paper=answers");
    for (const { value, given, decimals } of await traceOf("xor", "derived", 1))
      if (!given)
        expect(await at(answers, value.label, 0, "derived").innerText(), value.label).toBe(
          written(value.data[0]!, decimals),
        );
  });
});

describe("the room", () => {
  test.each([
    ["en", false, "program=pencil&cell=S2:1:1"],
    ["zh", true, "program=digits&view=both&cell=dW1:0:0"],
    ["zh", false, "program=iris&view=published&edits=1:W1:0:0:1"],
  ] as const)("breaks no rule of accessibility: %s, dark %s, %s", async (language, dark, query) => {
    const page = await sheet(query, { language, dark, width: 1440 });
    expect(await axe(page)).toEqual([]);
    await shot(page, `pencil-${language}${dark ? "-dark" : ""}-${/program=(\w+)/.exec(query)![1]}`);
  });

  test("speaks Chinese", async () => {
    const page = await sheet("program=xor&view=published&cell=b2':0:0", { language: "zh" });
    const text = await page.locator("main").innerText();
    for (const words of ["前向计算", "反向传播", "代入数值", "依赖于", "勘误", "中心差商", "训练步"])
      expect(text).toContain(words);
    // What is not code says no English word but names of values and errata.
    const sheetText = await page.locator(".sheet, .pencil-bar").allInnerTexts();
    expect(sheetText.join()).not.toMatch(
      /\b(Forward|Backward|Depends|numeric|published|Step|Weights|update)\b/,
    );
  });

  test.each([360, 1920])("is %i px wide without scrolling sideways", async (width) => {
    const page = await sheet("program=pencil&cell=g2:0:0", { width, height: 800 });
    const [inner, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    expect(whole).toBeLessThanOrEqual(inner!);
    await shot(page, `pencil-${width}`);
  });

  test("says what a link says wrongly, and goes on", async () => {
    const page = await sheet("program=nand&step=0&cell=z1&edits=1:W1:0:0:much");
    const problems = await page.getByRole("alert").allInnerTexts();
    expect(problems).toHaveLength(4);
    expect(problems.join()).toContain("program=nand, expected pencil, and");
  });
});
