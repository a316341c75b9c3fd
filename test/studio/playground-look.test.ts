/** How the playground looks and feels: languages, widths, themes, keyboard, accessibility, frames a second. */
import { expect, test } from "vitest";
import { axe, shot, studio } from "./browser.ts";
import { at, drawn, number, until } from "./playground-page.ts";

const { open } = studio();
const still = { reducedMotion: true } as const;

test.each([
  [360, 740, "en", false],
  [360, 740, "zh", true],
  [1280, 900, "en", true],
  [1920, 1080, "zh", false],
  [1920, 1080, "en", true],
] as const)(
  "at %i × %i in %s (dark: %s): nothing sideways, no broken rule",
  async (width, height, language, dark) => {
    const page = await open("#/playground?step=400", { width, height, language, dark });
    await at(page, 400);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await axe(page)).toEqual([]);
    await shot(page, `playground-${width}-${language}${dark ? "-dark" : ""}`);
  },
);

test("an opened unit, the table dialog and the teacher's dialog break no rule either", async () => {
  const page = await open("#/playground?step=50", still);
  await at(page, 50);
  await page.locator('.unit[data-at="1.1"]').click();
  await page.locator(".unit-card.open").waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByText("More settings").click();
  await page.getByRole("button", { name: "Paste or drop a table" }).click();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "For teachers" }).click();
  expect(await axe(page)).toEqual([]);
});

test("says everything in Chinese, too", async () => {
  const page = await open("#/playground?step=30", { ...still, language: "zh" });
  await at(page, 30);
  const text = await page.locator(".playground").innerText();
  const words = text.match(/\b[A-Za-z]{4,}\b/g) ?? [];
  const names = new Set(
    "Adam NumPy Shift Delete adam adamW rmsprop adagrad conjugateGradient lbfgs tanh relu linear sigmoid leakyRelu selu softplus silu gelu softmax Huber Adam NumPy Shift Delete".split(
      " ",
    ),
  );
  expect([...new Set(words)].filter((word) => !names.has(word))).toEqual([]);
  await page.getByRole("button", { name: "运行" }).click();
  await until(
    () => number(page, "step"),
    (n) => n > 40,
  );
});

test("keyboard alone: run, step, features, layers, a weight, time, charts", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  /** Tabs on until the focus is on what has this name. */
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement;
        return (
          e.getAttribute("aria-label") ??
          (e as HTMLInputElement).labels?.[0]?.textContent ??
          e.textContent ??
          ""
        );
      });
      if (name.test(label.trim())) return;
    }
    throw new Error(`Tab never came to ${name}`);
  };
  await tabTo(/^Run$/);
  await page.keyboard.press("Enter");
  await until(
    () => number(page, "step"),
    (n) => n > 20,
  );
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await tabTo(/^One step/);
  const before = await number(page, "step");
  await page.keyboard.press("Enter");
  await at(page, before + 1);
  await tabTo(/^Speed/);
  await page.keyboard.press("ArrowLeft");
  await tabTo(/^Learning rate/);
  await tabTo(/^Layer 1: units/);
  await tabTo(/^x₁: /);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/^x₁²/);
  await tabTo(/^layer 1, unit 1$/);
  await page.keyboard.press("Enter");
  await until(
    () => page.evaluate(() => document.activeElement?.hasAttribute("data-weight") ?? false),
    (is) => is,
  );
  await page.keyboard.press("Escape");
  await tabTo(/^The plane with its points$/);
  await tabTo(/^Time machine/);
  await page.keyboard.press("ArrowLeft");
  await at(page, before);
  await tabTo(/^Smoothing/);
  await tabTo(/^For teachers/);
});

test("the page keeps drawing while four layers train at full speed", async () => {
  const page = await open(
    "#/playground?data.kind=moons&data.count=1000&data.noise=0.2&data.seed=100&layers=25:relu,50:relu,50:relu,25:relu&batchSize=32&initializer=heUniform&view.speed=0&view.goal=0",
    { width: 1440, height: 900 },
  );
  await until(
    () => number(page, "step"),
    (n) => n > 200,
  );
  const from = { step: await number(page, "step"), at: performance.now() };
  const measured = await page.evaluate(async () => {
    const playground = document.querySelector<HTMLElement>(".playground")!;
    const scenes = () => Number(playground.dataset.scenes);
    const [first, times] = [scenes(), [] as number[]];
    let last = performance.now();
    await new Promise<void>((done) => {
      const frame = (now: number) => {
        times.push(now - last);
        last = now;
        if (times.length < 300) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    const sorted = times.slice(1).sort((a, b) => a - b);
    const seconds = sorted.reduce((a, b) => a + b, 0) / 1000;
    return {
      median: 1000 / sorted[sorted.length >> 1]!,
      slowest: sorted.at(-1)!,
      scenes: (scenes() - first) / seconds,
    };
  });
  const steps = (1000 * ((await number(page, "step")) - from.step)) / (performance.now() - from.at);
  console.log(
    `playground, moons 2-25-50-50-25-1 at full speed: ${measured.median.toFixed(1)} frames a second (median), slowest frame ${measured.slowest.toFixed(0)} ms, ${measured.scenes.toFixed(0)} pictures a second, ${Math.round(steps)} steps a second`,
  );
  expect(measured.scenes).toBeGreaterThan(1);
  expect(steps).toBeGreaterThan(10);
});
