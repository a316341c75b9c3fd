/** The playground's controls in a real Chromium: it learns by itself, runs, steps, stops, goes back to the same start. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { studio } from "./browser.ts";
import {
  at,
  drawn,
  expectSame,
  fill,
  number,
  PLANE,
  pixels,
  readout,
  step,
  stoppedLink,
  until,
} from "./playground-page.ts";

const { open, complaints } = studio();
/** Without motion the run does not begin by itself. */
const still = { reducedMotion: true } as const;

test("a network learns when the page opens", async () => {
  const page = await open();
  await until(
    () => number(page, "step"),
    (n) => n > 20,
  );
  const before = await pixels(page, PLANE);
  const loss = await number(page, "loss");
  await until(
    () => number(page, "step"),
    (n) => n > 500,
  );
  expect(await number(page, "loss")).toBeLessThan(0.8 * loss);
  expect(await pixels(page, PLANE)).not.toBe(before);
});

test("trains to its goal and stops there", async () => {
  const page = await open(
    "#/playground?data.kind=circles&data.count=400&data.noise=0.05&view.goal=0.98&view.speed=0",
  );
  await page.getByText("reached").waitFor();
  expect(await number(page, "accuracy")).toBeGreaterThanOrEqual(98);
  const stopped = await number(page, "step");
  await page.waitForTimeout(300);
  expect(await number(page, "step")).toBe(stopped);
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
});

test("runs and pauses", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  expect(await number(page, "step")).toBe(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await until(
    () => number(page, "step"),
    (n) => n > 10,
  );
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  const { step: paused } = await stoppedLink(page);
  await page.waitForTimeout(300);
  expect(await number(page, "step")).toBe(paused);
});

test("one step is one mini-batch, one epoch is all rows once, a shorter last batch included", async () => {
  // 30 training rows in batches of 8: three whole ones and one of 6.
  const page = await open("#/playground?data.count=40&data.testShare=0.25&batchSize=8", still);
  await drawn(page);
  const loss = await number(page, "loss");
  await step(page);
  expect(await readout(page, "epoch")).toBe("0.3");
  expect(await number(page, "loss")).not.toBe(loss);
  await page.getByRole("button", { name: "One epoch" }).click();
  await at(page, 4);
  expect(await readout(page, "epoch")).toBe("1.0");
  await page.getByRole("button", { name: "One epoch" }).click();
  await at(page, 8);
  expect(await readout(page, "epoch")).toBe("2.0");
});

test("speed: from one step a second to as fast as it goes", async () => {
  const page = await open("#/playground?view.speed=1&view.goal=0");
  await drawn(page);
  await page.waitForTimeout(1200);
  expect(await number(page, "step")).toBeLessThan(10);
  const slider = page.getByLabel("Speed");
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByText("full speed").waitFor();
  await until(
    () => number(page, "step"),
    (n) => n > 2000,
  );
});

test("reset goes back to the very same start, and the same run follows", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const start = await readout(page, "hash");
  const picture = await pixels(page, PLANE);
  await page.getByRole("button", { name: "One epoch" }).click();
  await at(page, 14);
  const trained = await readout(page, "hash");
  expect(trained).not.toBe(start);
  await page.getByRole("button", { name: "Reset" }).click();
  await at(page, 0);
  expect(await readout(page, "hash")).toBe(start);
  expect(await pixels(page, PLANE)).toBe(picture);
  await page.getByRole("button", { name: "One epoch" }).click();
  await at(page, 14);
  expect(await readout(page, "hash")).toBe(trained);
});

test("a link replays to the same step with the same weights", async () => {
  const page = await open("#/playground?view.speed=0");
  await until(
    () => number(page, "step"),
    (n) => n > 100,
  );
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  const { url, step } = await stoppedLink(page);
  await expectSame(page, await open(url.slice(url.indexOf("#"))), step);
});

test("optimizer, rate, loss, regularization, schedule, initializer, batch and seed change what is learned", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  await page.getByText("More settings").click();
  const seen = new Set<string>();
  /** The weights after three steps differ from all before. */
  const threeSteps = async (what: string) => {
    await page.getByRole("button", { name: "Reset" }).click();
    await at(page, 0);
    for (let i = 1; i <= 3; i++) await step(page);
    const hash = await readout(page, "hash");
    expect(seen.has(hash), what).toBe(false);
    seen.add(hash);
  };
  await threeSteps("as it was");
  for (const name of ["sgd", "rmsprop", "adagrad", "lbfgs", "conjugateGradient", "adamW", "adam"]) {
    await page.getByLabel("Optimizer").selectOption(name);
    // AdamW without decay is Adam.
    if (name === "adamW") await fill(page, "Weight decay", "0.1");
    if (name !== "adam") await threeSteps(name);
  }
  await fill(page, "β₁", "0.5");
  await threeSteps("β₁");
  await page.getByLabel("Loss", { exact: true }).selectOption("hinge");
  await threeSteps("hinge");
  await page.getByLabel("Loss", { exact: true }).selectOption("meanSquaredError");
  await threeSteps("squared error");
  await fill(page, "L1", "0.01");
  await threeSteps("L1");
  await fill(page, "L2", "0.02");
  await threeSteps("L2");
  await page.getByLabel("Schedule").selectOption("exponential");
  await fill(page, "over steps", "2");
  await threeSteps("schedule");
  await fill(page, "Warm-up steps", "5");
  await threeSteps("warm-up");
  await page.getByLabel("Initializer").selectOption("heNormal");
  await threeSteps("initializer");
  await fill(page, "Batch size", "7");
  await threeSteps("batch");
  await fill(page, "Seed", "2");
  await threeSteps("seed");
  await page.getByRole("button", { name: "Another seed" }).click();
  await until(
    () => page.getByLabel("Seed", { exact: true }).inputValue(),
    (v) => v === "3",
  );
  await threeSteps("another seed");
});

test("a number out of range is refused in words and changes nothing", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  await fill(page, "Batch size", "0");
  expect(await page.getByRole("alert").textContent()).toBe(
    "Expected a whole number from 1 to 2000, received 0.",
  );
  await page.getByLabel("Optimizer").selectOption("sgd");
  await until(
    async () => page.url(),
    (url) => url.includes("sgd"),
  );
  expect(page.url()).not.toContain("batchSize");
});

test("a loss that is no number stops the run, and the doctor names where it began", async () => {
  const page = await open(
    "#/playground?data.kind=plane&data.noise=0&layers=8:relu&optimizer.name=sgd&optimizer.learningRate=100&view.speed=0&view.goal=0",
  );
  const found = page.locator('[data-finding="not-finite"]');
  await found.waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  expect(await found.textContent()).toMatch(/dense_\d|step \d/);
  const why = page.getByRole("status").filter({ hasText: "Stopped: the loss is no finite number" });
  await why.waitFor();
  const stopped = await number(page, "step");
  await page.getByRole("button", { name: "Reset" }).click();
  await at(page, 0);
  await why.waitFor({ state: "hidden" });
  expect(Number.isFinite(await number(page, "loss"))).toBe(true);
  expect(stopped).toBeGreaterThan(0);
});

test("dead units are marked, and a cure is one button", async () => {
  const page = await open("#/playground");
  await page.locator('[data-preset="dead"]').click();
  await page.getByText("dead or saturated").waitFor();
  const found = page.locator('[data-finding="dead-units"]').first();
  await found.waitFor();
  await found.getByRole("button", { name: "Use leakyRelu there" }).click();
  await until(
    () => page.locator(".head select").evaluateAll((all) => all.map((s) => (s as HTMLSelectElement).value)),
    (values) => values.includes("leakyRelu"),
  );
});

test("examples with a word on each open as they say", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const cards = page.locator(".presets li");
  expect(await cards.count()).toBeGreaterThanOrEqual(10);
  for (const text of await cards.locator("p").allTextContents()) expect(text.length).toBeGreaterThan(60);
  await page.locator('[data-preset="classes"]').click();
  await until(
    () => number(page, "step"),
    (n) => n > 50,
  );
  expect(await page.locator(".legend.classes li").count()).toBe(5);
  expect(await page.getByText("What you see").isVisible()).toBe(true);
});

test("a teacher hides controls by link", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  await page.getByRole("button", { name: "For teachers" }).click();
  for (const name of ["Noise", "Optimizer", "Data set", "Editing weights"])
    await page.getByRole("switch", { name, exact: true }).click();
  // Each switch writes the link anew: the last one has to be in it.
  const url = await until(
    async () => page.url(),
    (link) => /view\.hide=[^&]*weights/.test(link),
  );
  const student = await open(url.slice(url.indexOf("#")), still);
  await drawn(student);
  expect(await student.getByLabel("Optimizer").count()).toBe(0);
  expect(await student.getByLabel(/Noise/).count()).toBe(0);
  expect(await student.locator(".set-picker").count()).toBe(0);
  expect(await student.getByLabel("Learning rate").count()).toBe(1);
  await student.locator('.unit[data-at="0.0"]').click();
  await student.locator(".unit-card.open").waitFor();
  expect(await student.locator("[data-weight]").count()).toBe(0);
});

test("output and network are saved as pictures", async () => {
  const page = await open("#/playground?step=100", still);
  await at(page, 100);
  for (const what of ["output", "network"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: `Save the ${what} as a picture` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${what}.png`);
    const bytes = readFileSync((await download.path())!);
    expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(200);
    expect(bytes.length).toBeGreaterThan(5000);
  }
});

test("a worker that cannot be loaded is said in a sentence, and the next change opens the run", async () => {
  const page = await open("#/lessons");
  const workers = /\/worker-[^/]*\.js$/;
  await page.route(workers, (route) => route.fulfill({ status: 404 }));
  await page.getByRole("link", { name: "Playground", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "The worker stopped" }).waitFor();
  await page.unroute(workers);
  await page.getByLabel("Batch size", { exact: true }).fill("5");
  await page.keyboard.press("Enter");
  await drawn(page);
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(complaints.splice(0).filter((line) => !line.includes("/worker-"))).toEqual([]);
});
