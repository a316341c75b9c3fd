/** The shell in a real Chromium: it opens, speaks both languages, is dark and light, works by keyboard, passes axe. */
import { expect, test } from "vitest";
import { rooms } from "../../studio/app/rooms.ts";
import { axe, overflowing, shot, studio } from "./browser.ts";

const { open } = studio();

test("opens the first room, isolated, with every tab in place", async () => {
  const page = await open();
  expect(await page.title()).toBe("Playground — papergrad studio");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.locator("nav.rooms a").allTextContents()).toEqual(rooms.map(({ title }) => title.en));
});

test.each(rooms.map(({ id, title }) => [id, title] as const))(
  "room %s opens and says its name",
  async (id, title) => {
    const page = await open(`#/${id}`);
    await page
      .getByRole("link", { name: title.en, exact: true })
      .and(page.locator("[aria-current=page]"))
      .waitFor();
    for (const language of ["en", "zh"] as const) {
      if (language === "zh") await page.getByText("中文").click();
      await page.waitForFunction(
        (wanted) => document.title === wanted,
        `${title[language]} — papergrad studio`,
      );
    }
  },
);

test("languages: chosen, kept, and asked for by a link", async () => {
  const page = await open();
  await page.getByText("中文").click();
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
  expect(await page.locator("nav.rooms a").allTextContents()).toEqual(rooms.map(({ title }) => title.zh));
  await page.reload();
  await page.getByRole("link", { name: rooms[0]!.title.zh }).waitFor();
  const asked = await open("#/runs?lang=zh");
  await asked.getByRole("link", { name: rooms[5]!.title.zh }).waitFor();
});

test("themes: the system's, or the reader's own", async () => {
  const page = await open("#/runs", { dark: true });
  const theme = () => page.locator("html").getAttribute("data-theme");
  expect(await theme()).toBe("dark");
  await page.getByText("Light", { exact: true }).click();
  expect(await theme()).toBe("light");
  await page.getByText("System", { exact: true }).click();
  expect(await theme()).toBe("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
});

test("keyboard alone: skip link, tabs, language", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the room");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("room");
  await page.getByRole("link", { name: "Playground" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/pencil/);
  await page.getByRole("radio", { name: "English" }).focus();
  await page.keyboard.press("ArrowRight");
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
});

test.each([
  [360, 740, "en", false],
  [1920, 1080, "zh", true],
] as const)(
  "at %i × %i in %s: no sideways scrolling, no broken rule",
  async (width, height, language, dark) => {
    const page = await open("#/runs", { width, height, language, dark });
    expect(await overflowing(page)).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await shot(page, `shell-${width}-${language}${dark ? "-dark" : ""}`);
  },
);

test("a room that there is not, and a link that says something impossible: one sentence each", async () => {
  const page = await open("#/nowhere");
  expect(await page.getByRole("alert").textContent()).toBe(
    'There is no room "nowhere". Choose one of these.',
  );
  expect(await page.title()).toBe("No such room — papergrad studio");
  expect(await page.locator("main a").allTextContents()).toEqual(rooms.map(({ title }) => title.en));
  expect(await axe(page)).toEqual([]);
  await page.locator("main a", { hasText: "Lessons" }).click();
  await page.waitForURL(/#\/lessons/);
  await page.getByRole("heading", { name: "Lessons" }).first().waitFor();
});
