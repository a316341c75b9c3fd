/** What the playground's tests share: reading what the page says, and waiting for it. */
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What a readout of the bar says: epoch, step, loss, test-loss, accuracy, hash, rate. */
export const readout = async (page: Page, name: string): Promise<string> =>
  (await page.locator(`[data-readout="${name}"]`).textContent()) ?? "";

/** A readout as a number. */
export const number = async (page: Page, name: string): Promise<number> =>
  Number((await readout(page, name)).replace(/[\s%]|\/s/g, "").replaceAll("−", "-"));

/** Waits until something read from the page is as wanted. */
export async function until<T>(
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
  seconds = 60,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > end)
      throw new Error(`waited ${seconds} s in vain; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the run stands at a step and its picture has been drawn. */
export async function at(page: Page, step: number): Promise<void> {
  await until(
    () => number(page, "step"),
    (now) => now === step,
  );
  await until(
    () => page.locator(".playground").getAttribute("data-scene-step"),
    (now) => now === String(step),
  );
}

/** Waits for the first scene. */
export async function drawn(page: Page): Promise<void> {
  await page.locator(".playground[data-scene-step]").waitFor();
}

/** The pixels of a canvas, as text to compare. */
export const pixels = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

export const PLANE = ".plane canvas.layer";
export const POINTS = ".plane canvas.layer >> nth=1";
export const NETWORK = ".network > canvas";

/** One mini-batch. */
export async function step(page: Page): Promise<void> {
  const before = await number(page, "step");
  await page.getByRole("button", { name: "One step" }).click();
  await at(page, before + 1);
}

/** The link that the address bar settles on. */
export async function linkOf(page: Page, holds: string): Promise<string> {
  return until(
    async () => page.url(),
    (url) => url.includes(holds),
  );
}

/** The link of a run that has been stopped, and its step: the last steps under way may come in after the click. */
export async function stoppedLink(page: Page): Promise<{ readonly url: string; readonly step: number }> {
  const agreed = () =>
    until(
      async () => ({ url: page.url(), step: await number(page, "step") }),
      ({ url, step }) => new URLSearchParams(url.slice(url.indexOf("?"))).get("step") === String(step),
    );
  let link = await agreed();
  for (;;) {
    await page.waitForTimeout(300);
    const again = await agreed();
    if (again.url === link.url) return link;
    link = again;
  }
}

/** Types a number into a field and leaves it. */
export async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press("Enter");
}

/** The step that the address names, and the hash, are those that a fresh page comes to. */
export async function expectSame(page: Page, other: Page, stepThere: number): Promise<void> {
  await at(other, stepThere);
  expect(await readout(other, "hash")).toBe(await readout(page, "hash"));
}
