/** The Race room in a real Chromium: both libraries train, their losses agree, and it says what it measured. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axe, shot, studio } from "./browser.ts";

const { open, complaints } = studio();

const SHORT = "#/race?epochs=6";

async function raced(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Start the race|开始比赛/ }).click();
  await page.getByText(/At the end no weight differs|任何权重的差都不超过/).waitFor({ timeout: 60_000 });
}

const lane = (page: Page, name: "papergrad" | "tensorflow", figure: string) =>
  page
    .locator(`.lane.${name} .figures div`)
    .filter({ has: page.getByText(figure, { exact: true }) })
    .locator("dd")
    .textContent();

const asNumber = (text: string | null): number => Number(text!.replace("−", "-").replaceAll(",", ""));

test("both sides finish, their losses agree, and the figures are theirs", async () => {
  const page = await open(SHORT);
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  expect(await page.evaluate(() => performance.getEntriesByType("resource").map((e) => e.name))).toEqual(
    expect.not.arrayContaining([expect.stringContaining("tensorflow")]),
  );
  await raced(page);
  expect(loaded.some((url) => url.includes("tensorflow-worker"))).toBe(true);
  for (const name of ["papergrad", "tensorflow"] as const) {
    expect(await lane(page, name, "Steps")).toBe("174 / 174");
    expect(asNumber(await lane(page, name, "Steps a second"))).toBeGreaterThan(1);
    expect(await lane(page, name, "Test accuracy")).toMatch(/^\d+\.\d %$/);
  }
  expect(await lane(page, "papergrad", "Loss")).toBe(await lane(page, "tensorflow", "Loss"));
  expect(await page.locator(".lane.papergrad h2").textContent()).toMatch(/^papergrad \d.*WebAssembly/);
  expect(await page.locator(".lane.tensorflow h2").textContent()).toMatch(/^TensorFlow\.js \d.*cpu$/);
  const said = await page.locator(".outcome").textContent();
  const [, steps, loss] = /Over the (\d+) steps.*at most (\S+) \(at step/.exec(said!)!;
  expect(steps).toBe("174");
  expect(asNumber(loss!)).toBeLessThan(1e-5);
  const [, weight] = /no weight differs by more than (\S+?)\.$/.exec(said!)!;
  expect(asNumber(weight!)).toBeLessThan(1e-4);
  await page.getByText("Network 2-25-50-50-25-1, 5,226 weights; 900 training and 100 test points.").waitFor();
});

test("one after the other, other data and another optimizer; the link keeps it", async () => {
  const page = await open(SHORT);
  await page.getByText("One after the other").click();
  await page.getByLabel("Data").selectOption("iris");
  await page.getByLabel("Optimizer").selectOption("adam");
  await page.getByLabel("Units of the hidden layers").fill("20, 20");
  await page.getByLabel("Units of the hidden layers").press("Enter");
  await page.waitForURL(/together=false/);
  await raced(page);
  await page.getByText("Network 4-20-20-3,").waitFor();
  const said = await page.locator(".outcome").textContent();
  expect(asNumber(/at most (\S+) \(at step/.exec(said!)![1]!)).toBeLessThan(1e-3);
  const again = await open(new URL(page.url()).hash);
  expect(await again.getByLabel("Data").inputValue()).toBe("iris");
  expect(await again.getByLabel("Units of the hidden layers").inputValue()).toBe("20, 20");
  expect(await again.getByRole("radio", { name: "One after the other" }).isChecked()).toBe(true);
});

test("the same race gives the same losses again", async () => {
  const page = await open("#/race?epochs=2&data=spirals&optimizer=momentum");
  const losses = async () => [await lane(page, "papergrad", "Loss"), await lane(page, "tensorflow", "Loss")];
  await raced(page);
  const first = await losses();
  await page.getByRole("button", { name: "Start the race" }).click();
  await page.getByText("At the end no weight differs").waitFor({ state: "detached" });
  await page.getByText("At the end no weight differs").waitFor({ timeout: 60_000 });
  expect(await losses()).toEqual(first);
});

test("by keyboard alone: start, stop, and what cannot be is said", async () => {
  const page = await open("#/race");
  await page.getByLabel("Units of the hidden layers").fill("25, nothing");
  await page.keyboard.press("Tab");
  await page.getByText("Expected 1 to 6 whole numbers from 1 to 256").waitFor();
  await page.getByRole("button", { name: "Start the race" }).press("Enter");
  await page.getByRole("button", { name: "Stop" }).press("Enter");
  await page.getByRole("button", { name: "Start the race" }).waitFor();
});

test("a learning rate far too high is said on both sides", async () => {
  const page = await open("#/race?epochs=2&learningRate=1e12");
  await page.getByRole("button", { name: "Start the race" }).click();
  await expect
    .poll(() => page.getByText("The loss is no finite number after step").count(), { timeout: 30_000 })
    .toBe(2);
});

test("on webgl, or a plain sentence where there is none", async () => {
  const page = await open(`${SHORT}&backend=webgl`);
  await page.getByRole("button", { name: "Start the race" }).click();
  const finished = page.getByText("At the end no weight differs");
  const missing = page.getByText("TensorFlow.js cannot start its backend webgl");
  await finished.or(missing).waitFor({ timeout: 60_000 });
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !/webgl/i.test(line)));
  if (await missing.isVisible()) await page.locator(".lane.papergrad").getByText("Finished").waitFor();
  else expect(await page.locator(".lane.tensorflow h2").textContent()).toMatch(/webgl on \w/);
});

test.each([
  [360, 740, "en", true],
  [1920, 1080, "zh", false],
] as const)(
  "at %i × %i in %s: no sideways scrolling, no broken rule",
  async (width, height, language, dark) => {
    const page = await open(SHORT, { width, height, language, dark });
    expect(await axe(page)).toEqual([]);
    await raced(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await axe(page)).toEqual([]);
    await shot(page, `race-${width}-${language}${dark ? "-dark" : ""}`, { whole: true });
  },
);
