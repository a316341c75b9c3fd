/** The lessons in Chromium: all open in both languages, checks fail and pass, by keyboard, on a phone, for everyone. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { lessons } from "../../studio/lessons/index.ts";
import { axe, shot, studio } from "./browser.ts";

const { open } = studio();

/** Formulas are loaded after the text. */
const settled = async (page: Page): Promise<void> => {
  await page.locator(".lesson math").first().waitFor();
  await page.waitForFunction(
    "document.querySelectorAll('.lesson .formula').length === document.querySelectorAll('.lesson .formula math').length",
  );
};

describe.each(lessons)("lesson $name", ({ name, title }) => {
  test.each(["en", "zh"] as const)(
    "opens in %s, with every formula typeset and nothing axe objects to",
    async (language) => {
      const page = await open(`#/lessons?lesson=${name}`, { language });
      await settled(page);
      expect(await page.getByRole("heading", { level: 2 }).first().textContent()).toBe(title[language]);
      await page.waitForFunction(
        (wanted) => document.title === wanted,
        `${title[language]} — papergrad studio`,
      );
      expect(await page.evaluate("document.documentElement.lang")).toBe(language === "zh" ? "zh-Hans" : "en");
      expect(await page.locator(".lesson .temml-error").count()).toBe(0);
      expect(await axe(page)).toEqual([]);
      await shot(page, `lesson-${name}-${language}`, { whole: true });
    },
  );
});

test("the list leads to a lesson, and its neighbours to the next", async () => {
  const page = await open("#/lessons");
  await page.locator(".lesson-list li").first().waitFor();
  expect(await page.locator(".lesson-list li").count()).toBe(lessons.length);
  expect(await axe(page)).toEqual([]);
  await shot(page, "lessons-en", { whole: true });
  await page.waitForFunction(() => document.title === "Lessons — papergrad studio");
  await page.getByRole("link", { name: "XOR: why a hidden layer" }).click();
  await settled(page);
  await page.waitForFunction(() => document.title === "XOR: why a hidden layer — papergrad studio");
  expect(page.url()).toContain("#/lessons?lesson=xor");
  await page.getByRole("navigation", { name: "Before and after" }).getByRole("link").last().click();
  await page.getByRole("heading", { level: 2, name: lessons[4]!.title.en }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 2, name: "XOR: why a hidden layer" }).waitFor();
});

test("a link to a lesson that there is not says so and shows the list", async () => {
  const page = await open("#/lessons?lesson=nand");
  await page.locator(".lesson-list li").first().waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("“nand”");
  expect(await page.locator(".lesson-list li").count()).toBe(lessons.length);
});

test("a check is failed with its reason, then passed, and stays passed after a reload", async () => {
  const page = await open("#/lessons?lesson=pencil");
  const check = page.locator("form.check").filter({ hasText: "All weights are 0" });
  const cells = check.getByRole("textbox");
  await cells.last().waitFor();
  expect(await cells.count()).toBe(6);
  const fill = async (values: readonly string[]) => {
    for (const [i, v] of values.entries()) await cells.nth(i).fill(v);
    await check.getByRole("button", { name: "Check" }).click();
  };
  await fill(["-1/8", "1/8", "-1/8", "1/8", "-1/8", "1/8"]);
  await check.getByText("That is the gradient of D").waitFor();
  expect(await cells.first().getAttribute("aria-invalid")).toBe("true");
  await fill(["-1/4", "1/4", "-1/4", "1/4", "-1/4", "x"]);
  await check.getByText("received “x”").waitFor();
  expect(await cells.nth(5).getAttribute("aria-invalid")).toBe("true");
  await fill(["-1/4", "1/4", "-1/4", "1/4", "-1/4", "1/4"]);
  await check.getByText("All three rows are alike").waitFor();
  await page.reload();
  await page.locator("form.check .passed").waitFor();
  await page.goto(page.url().replace(/#.*/, "#/lessons"));
  await page.locator(".lesson-list li").filter({ hasText: "1 of 3 checks passed" }).waitFor();
  await page.getByRole("button", { name: "Forget my progress" }).click();
  expect(await page.locator(".lesson-list li").filter({ hasText: "1 of 3" }).count()).toBe(0);
});

test("by the keyboard alone: a choice is made and judged, a letter lights up everywhere", async () => {
  const page = await open("#/lessons?lesson=or");
  await settled(page);
  await page.locator(".letters .letter").first().focus();
  expect(await page.locator(".lit").count()).toBeGreaterThan(5);
  await page.keyboard.press("Tab");
  const check = page.locator("form.check").filter({ hasText: "Which penalty" });
  await check.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await check.getByText("each weight pulled by itself").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await check.getByText("the square of one number").waitFor();
  await check.locator(".passed").waitFor();
});

test("pointing at a letter in a formula lights it up in the table of letters", async () => {
  const page = await open("#/lessons?lesson=xor");
  await settled(page);
  await page.locator(".derivation .letter-W2").first().hover();
  expect(await page.locator(".letters .lit").count()).toBe(1);
});

test("XOR is trained in the page until it knows", async () => {
  const page = await open("#/lessons?lesson=xor", { language: "zh" });
  const check = page.locator("form.check").filter({ hasText: "真正学会异或" });
  await check.getByRole("button", { name: "训练 10 000 步" }).click();
  await check.locator(".verdict .bad").waitFor();
  await check.getByLabel("版本").selectOption({ label: "推导版" });
  await check.getByLabel("隐藏单元数").fill("6");
  await check.getByRole("button", { name: "训练 10 000 步" }).click();
  await check.getByText("它学会了").waitFor();
});

test("a table is computed on demand", async () => {
  const page = await open("#/lessons?lesson=digits");
  await page.getByRole("button", { name: "Compute the table" }).click();
  const table = page.locator(".figures table");
  await table.waitFor();
  expect(await table.locator("tbody tr").count()).toBe(2);
  // The published call changes its argument, the derived one does not.
  const cells = await table
    .locator("tbody tr")
    .evaluateAll((rows) => rows.map((r) => [...r.querySelectorAll("td")].map((c) => c.textContent)));
  expect(cells[0]![0]).not.toBe(cells[0]![1]);
  expect(cells[1]![0]).toBe(cells[1]![1]);
});

test("the laboratory holds the recursion of a network of the reader's against differences", async () => {
  const page = await open("#/lessons?lesson=recursion");
  const widths = page.getByLabel(/Widths/);
  await widths.fill("2-3-1");
  await page.getByRole("button", { name: "Compute and measure" }).click();
  await page.locator(".findings").waitFor();
  expect(await page.locator(".findings tbody tr").count()).toBe(4);
  expect(await page.locator(".findings td.bad").count()).toBe(0);
  await page.getByLabel("On the way back").selectOption({ label: "f′ is forgotten" });
  await page.getByRole("button", { name: "Compute and measure" }).click();
  await page.locator(".findings td.bad").first().waitFor();
  expect(await page.locator(".findings td.bad").count()).toBe(2);
  await widths.fill("3-99");
  await page.getByRole("button", { name: "Compute and measure" }).click();
  expect(await page.getByRole("alert").textContent()).toContain("from 1 to 8");
});

test("every lesson fits a phone of 360 px in the dark, without sideways scrolling of the page", async () => {
  const page = await open("#/lessons", { width: 360, height: 740, dark: true, language: "zh" });
  for (const { name, title } of lessons) {
    await page.goto(page.url().replace(/#.*/, `#/lessons?lesson=${name}`));
    await page.getByRole("heading", { level: 2, name: title.zh }).waitFor();
    await settled(page);
    const [wide, seen] = (await page.evaluate(
      "[document.documentElement.scrollWidth, innerWidth]",
    )) as number[];
    expect(wide!, name).toBeLessThanOrEqual(seen!);
  }
  expect(await axe(page)).toEqual([]);
  await shot(page, "lesson-phone", { whole: true });
}, 60_000);

test("on a wide screen lines of text stay readable", async () => {
  const page = await open("#/lessons?lesson=moons", { width: 1920, height: 1080 });
  await settled(page);
  const widths = await page
    .locator(".lesson-text")
    .evaluateAll((all) =>
      all.map((p) => p.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(p).fontSize)),
    );
  expect(Math.max(...widths)).toBeLessThan(44);
  await shot(page, "lesson-moons-wide");
});

test("a link leads into the playground with the lesson's network", async () => {
  const page = await open("#/lessons?lesson=and");
  await page.getByRole("link", { name: "Open in Playground" }).click();
  await page.waitForURL(/#\/playground\?.*gate-and/);
  expect(await page.getByRole("alert").count()).toBe(0);
});
