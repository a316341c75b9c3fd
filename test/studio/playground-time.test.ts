/** The time machine and the charts: back and forth, forks, overlays. */
import { expect, test } from "vitest";
import { studio } from "./browser.ts";
import { at, drawn, linkOf, NETWORK, number, PLANE, pixels, readout, until } from "./playground-page.ts";

const { open } = studio();
const still = { reducedMotion: true } as const;

test("the time slider moves picture, weights and charts together, and comes back to the same bits", async () => {
  const page = await open("#/playground?step=300", still);
  await at(page, 300);
  const there = [await pixels(page, PLANE), await pixels(page, NETWORK), await readout(page, "hash")];
  const chart = ".line-plot canvas";
  const curve = await until(
    () => pixels(page, chart),
    (now) => now.length > 3000,
  );
  const slider = page.getByRole("slider", { name: "Time machine" });
  await slider.fill("120");
  await at(page, 120);
  const back = [await pixels(page, PLANE), await pixels(page, NETWORK), await readout(page, "hash")];
  for (const [i, now] of back.entries()) expect(now).not.toBe(there[i]);
  await until(
    () => pixels(page, chart),
    (now) => now !== curve,
  );
  // Without a cross-hair the legends say the values of the step that is shown.
  const legend = page.locator(".line-plot").first().locator(".u-value");
  await until(
    () => legend.allTextContents(),
    ([step, ...values]) => step === "120" && values.every((value) => Number(value) > 0),
  );
  await slider.fill("300");
  await at(page, 300);
  await until(
    () => legend.allTextContents(),
    ([step]) => step === "300",
  );
  expect([await pixels(page, PLANE), await pixels(page, NETWORK), await readout(page, "hash")]).toEqual(
    there,
  );
  // The end of the scale is what has been trained.
  expect(await slider.getAttribute("max")).toBe("300");
  await page.getByRole("button", { name: "To the start" }).click();
  await at(page, 0);
});

test("going back, changing a setting and going on forks the run; both are drawn and can be taken up", async () => {
  const page = await open("#/playground?step=200", still);
  await at(page, 200);
  const first = await readout(page, "hash");
  await page.getByRole("slider", { name: "Time machine" }).fill("100");
  await at(page, 100);
  await page.getByLabel("Batch size", { exact: true }).fill("5");
  await page.keyboard.press("Enter");
  const fork = page.getByRole("list", { name: "Forks" }).getByRole("button");
  await fork.waitFor();
  expect(await fork.textContent()).toMatch(/A.*left at step 100, went to 200 \(batch 20\)/);
  expect(await number(page, "step")).toBe(100);
  await page.getByRole("button", { name: "One epoch" }).click();
  // 280 training rows in batches of 5.
  await at(page, 156);
  expect(await page.locator(".line-plot").first().locator(".u-label").allTextContents()).toEqual(
    expect.arrayContaining(["train", "test", "train A", "test A"]),
  );
  const last = await number(page, "step");
  const url = await linkOf(page, `step=${last}&edits=100:batchSize:5`);
  const forked = await readout(page, "hash");
  const other = await open(url.slice(url.indexOf("#")));
  await at(other, last);
  expect(await readout(other, "hash")).toBe(forked);
  await fork.click();
  await at(page, 200);
  expect(await readout(page, "hash")).toBe(first);
});

test("the learning rate changes in the middle of a run without a new start", async () => {
  const page = await open("#/playground?step=60", still);
  await at(page, 60);
  const hash = await readout(page, "hash");
  await page.getByLabel("Learning rate").focus();
  await page.keyboard.press("ArrowRight");
  await linkOf(page, "edits=60:optimizer.learningRate");
  expect(await number(page, "step")).toBe(60);
  expect(await readout(page, "hash")).toBe(hash);
});

test("charts have axes, a logarithmic scale, smoothing and a cross-hair that all share; a click goes to a step", async () => {
  const page = await open("#/playground?step=400", still);
  await at(page, 400);
  const chart = ".line-plot canvas";
  await page.locator(chart).first().scrollIntoViewIfNeeded();
  let before = await until(
    () => pixels(page, chart),
    (now) => now.length > 3000,
  );
  await page.getByRole("switch", { name: "Log scale" }).click();
  before = await until(
    () => pixels(page, chart),
    (now) => now !== before,
  );
  await page.getByLabel("Smoothing").focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  await until(
    () => pixels(page, chart),
    (now) => now !== before,
  );
  await linkOf(page, "view.logScale=true&view.smoothing=0.4");
  const over = page.locator(".u-over").first();
  const box = (await over.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // The second chart's legend shows the values at the first chart's cross-hair.
  const value = page.locator(".line-plot").nth(1).locator(".u-value").first();
  const shown = Number(
    await until(
      () => value.textContent(),
      (text) => /\d/.test(text ?? ""),
    ),
  );
  expect(Math.abs(shown - 200)).toBeLessThan(20);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const reached = await until(
    () => number(page, "step"),
    (n) => n < 400,
  );
  expect(Math.abs(reached - 200)).toBeLessThan(20);
});

test("gradients, updates, spread of the weights and the rate are shown layer by layer", async () => {
  const page = await open("#/playground?step=50", still);
  await at(page, 50);
  const panel = page.getByRole("tabpanel");
  const labels = () => panel.locator(".u-label").allTextContents();
  await until(labels, (now) => now.join() === "step,W1,W2,W3,W4");
  expect(await panel.getByRole("img").getAttribute("aria-label")).toMatch(/gradient.*: 0\.\d+, 0\.\d+/);
  await page.getByRole("tab", { name: "Updates" }).click();
  expect(await panel.getByRole("img").getAttribute("aria-label")).toContain("Update ÷ weights");
  await page.getByRole("tab", { name: "Weights" }).click();
  expect(await panel.locator("canvas.histogram").count()).toBe(4);
  await page.getByRole("tab", { name: "Rate" }).click();
  await until(labels, (now) => now.join() === "step,rate");
});

test("a run with forks shows both curves only as long as it is the same run", async () => {
  const page = await open("#/playground?step=40&layers=3", still);
  await at(page, 40);
  await page.getByRole("slider", { name: "Time machine" }).fill("20");
  await at(page, 20);
  await page.getByLabel("Optimizer").selectOption("sgd");
  await page.getByRole("list", { name: "Forks" }).waitFor();
  await page.getByLabel("Layer 1: activation").selectOption("relu");
  await at(page, 0);
  expect(await page.getByRole("list", { name: "Forks" }).count()).toBe(0);
  await drawn(page);
});
