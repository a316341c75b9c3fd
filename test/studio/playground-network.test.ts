/** The network of the playground: layers and units by hand, maps, live numbers, weights edited, idle units marked. */
import { expect, test } from "vitest";
import { studio } from "./browser.ts";
import { at, drawn, fill, linkOf, NETWORK, number, pixels, readout, step, until } from "./playground-page.ts";

const { open } = studio();
const still = { reducedMotion: true } as const;
const units = (page: Awaited<ReturnType<typeof open>>) =>
  page.locator(".unit-count").evaluateAll((all) => all.map((c) => Number(c.textContent)));

test("layers and units are added and removed by buttons, arrow keys and dragging", async () => {
  const page = await open("#/playground?layers=3,2", still);
  await drawn(page);
  await page.getByRole("button", { name: "Add a hidden layer" }).click();
  await until(
    () => units(page),
    (now) => now.join() === "3,2,2",
  );
  await page.getByRole("button", { name: "Layer 1: one unit more" }).click();
  await until(
    () => units(page),
    (now) => now.join() === "4,2,2",
  );
  await page.getByRole("button", { name: "Layer 2: one unit less" }).click();
  await until(
    () => units(page),
    (now) => now.join() === "4,1,2",
  );
  await page.getByRole("spinbutton", { name: "Layer 3: units" }).focus();
  await page.keyboard.press("PageUp");
  await until(
    () => units(page),
    (now) => now.join() === "4,1,10",
  );
  const box = (await page.getByRole("spinbutton", { name: "Layer 1: units" }).boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 5, box.y + 5 - 22, { steps: 4 });
  await page.mouse.up();
  await until(
    () => units(page),
    (now) => now[0] === 7,
  );
  await page.getByRole("button", { name: /^Layer 1: arrow keys move it/ }).focus();
  await page.keyboard.press("ArrowRight");
  await until(
    () => units(page),
    (now) => now.join() === "1,7,10",
  );
  await page.getByRole("button", { name: /^Layer 3: arrow keys move it/ }).focus();
  await page.keyboard.press("Delete");
  await until(
    () => units(page),
    (now) => now.join() === "1,7",
  );
  await linkOf(page, "layers=1:tanh,7:tanh");
  for (let i = 0; i < 2; i++)
    await page.getByRole("button", { name: "Remove the last hidden layer" }).click();
  await until(
    () => units(page),
    (now) => now.length === 0,
  );
  await step(page);
});

test("a layer is dragged to another place", async () => {
  const page = await open("#/playground?layers=3,5,2", still);
  await drawn(page);
  const grip = (await page.locator(".grip").first().boundingBox())!;
  const third = (await page.locator(".grip").nth(2).boundingBox())!;
  await page.mouse.move(grip.x + 5, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(third.x + 5, third.y + 8, { steps: 6 });
  await page.mouse.up();
  await until(
    () => units(page),
    (now) => now.join() === "5,2,3",
  );
});

test("eight layers and sixty-four units in one are possible", async () => {
  const page = await open("#/playground?layers=64,4,4,4,4,4,4,4", still);
  await drawn(page);
  expect(await page.locator(".unit").count()).toBe(64 + 28 + 1);
  expect(await page.getByRole("button", { name: "Add a hidden layer" }).isDisabled()).toBe(true);
  await step(page);
});

test("each layer has its own activation and dropout", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  await page.getByLabel("Layer 1: activation").selectOption("relu");
  await linkOf(page, "layers=8:relu,8:tanh,4:tanh");
  await page.getByLabel("Layer 2: dropout").selectOption("0.2");
  await linkOf(page, "layers=8:relu,8:tanh:0.2,4:tanh");
  await step(page);
});

test("every unit has a map that moves while it learns", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const before = await pixels(page, NETWORK);
  await page.getByRole("button", { name: "One epoch" }).click();
  await at(page, 14);
  expect(await pixels(page, NETWORK)).not.toBe(before);
  expect(await page.locator(".unit").count()).toBe(8 + 8 + 4 + 1);
});

test("pointing at a unit enlarges it, its formula has the numbers put in, live", async () => {
  const page = await open("#/playground?view.speed=50&view.goal=0");
  await drawn(page);
  await page.locator('.unit[data-at="0.2"]').hover();
  const formula = page.locator(".unit-formula");
  const before = await formula.textContent();
  expect(before).toMatch(/^z = −?[\d.]+·x₁ [+−] [\d.]+·x₂ [+−] [\d.]+a = tanh\(z\)$/);
  await until(
    () => formula.textContent(),
    (now) => now !== before,
  );
  expect(await page.locator(".unit-card .large-map").isVisible()).toBe(true);
});

test("a place in the plane puts its numbers into the formula of an opened unit", async () => {
  const page = await open("#/playground?step=20", still);
  await at(page, 20);
  await page.locator('.unit[data-at="2.1"]').click();
  await page.getByRole("application").focus();
  await page.keyboard.press("ArrowRight");
  const text = await until(
    async () => (await page.locator(".unit-formula").textContent()) ?? "",
    (now) => /a = tanh\(z\) = /.test(now),
  );
  const z = Number(/= (−?[\d.]+)a = /.exec(text)![1]!.replace("−", "-"));
  const a = Number(/tanh\(z\) = (−?[\d.]+)/.exec(text)![1]!.replace("−", "-"));
  expect(Math.tanh(z)).toBeCloseTo(a, 2);
});

test("pointing at a link shows its weight as it is now", async () => {
  const page = await open("#/playground?layers=2&view.speed=50&view.goal=0");
  await drawn(page);
  const from = (await page.locator('.unit[data-at="0.0"]').boundingBox())!;
  const to = (await page.locator('.unit[data-at="1.0"]').boundingBox())!;
  await page.mouse.move(
    (from.x + from.width + to.x) / 2,
    (from.y + to.y + from.height / 2 + to.height / 2) / 2,
  );
  const tip = page.locator(".unit-card.tip strong");
  await tip.waitFor();
  const before = await tip.textContent();
  await until(
    () => tip.textContent(),
    (now) => now !== before,
  );
});

test("a clicked link opens its weight; a weight typed in changes the loss and adds no step", async () => {
  const page = await open("#/playground?layers=2&step=30", still);
  await at(page, 30);
  const loss = await number(page, "loss");
  const hash = await readout(page, "hash");
  const from = (await page.locator('.unit[data-at="0.0"]').boundingBox())!;
  const to = (await page.locator('.unit[data-at="1.0"]').boundingBox())!;
  await page.mouse.click(
    (from.x + from.width + to.x) / 2,
    (from.y + to.y + from.height / 2 + to.height / 2) / 2,
  );
  const field = page.locator('[data-weight="0"]');
  await field.waitFor();
  await until(
    () => field.evaluate((f) => f === document.activeElement),
    (is) => is,
  );
  await field.fill("3.5");
  await field.press("Enter");
  await until(
    () => number(page, "loss"),
    (now) => now !== loss,
  );
  expect(await number(page, "step")).toBe(30);
  const url = await linkOf(page, "edits=30:w6:3.5");
  // The record has one point of the curves at step 30, with the loss of the edited weights.
  const said = await page.locator(".line-plot [role=img]").first().getAttribute("aria-label");
  expect(said).toContain(await readout(page, "loss"));
  expect(await readout(page, "hash")).not.toBe(hash);
  const other = await open(url.slice(url.indexOf("#")));
  await at(other, 30);
  expect(await readout(other, "hash")).toBe(await readout(page, "hash"));
});

test("a bias is edited by the keyboard alone, and Escape goes back to the unit", async () => {
  const page = await open("#/playground?layers=3", still);
  await drawn(page);
  const loss = await number(page, "loss");
  await page.locator('.unit[data-at="0.0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.locator('.unit-card.open [data-weight="-1"]').focus();
  await page.keyboard.press("ArrowUp");
  await until(
    () => number(page, "loss"),
    (now) => now !== loss,
  );
  expect(await page.locator('[data-weight="-1"]').inputValue()).toBe("0.1000");
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-at"))).toBe("1.0");
});

test("what is no weight is marked and changes nothing", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const hash = await readout(page, "hash");
  await page.locator('.unit[data-at="0.0"]').click();
  const field = page.locator('[data-weight="0"]');
  await field.fill("much");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  await field.press("Enter");
  await page.waitForTimeout(200);
  expect(await readout(page, "hash")).toBe(hash);
  await fill(page, "L2", "0.1");
  await linkOf(page, "l2=0.1");
});
