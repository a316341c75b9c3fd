/** The playground's data: sets, points drawn by hand, tables, features; all of them trained on. */
import { expect, test } from "vitest";
import { SETS, setNames } from "../../studio/data/sets.ts";
import { studio } from "./browser.ts";
import {
  at,
  drawn,
  linkOf,
  number,
  PLANE,
  POINTS,
  pixels,
  readout,
  step,
  stoppedLink,
  until,
} from "./playground-page.ts";

const { open, complaints } = studio();
/** What an empty link shows. */
const FIRST_KIND = "spirals";
const still = { reducedMotion: true } as const;

test("every data set is shown and can be trained on, all sixteen gates among them", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  expect(await page.getByRole("radio", { name: /./ }).and(page.locator('[name="data-set"]')).count()).toBe(
    setNames.length,
  );
  const pictures = new Set<string>();
  for (const name of setNames) {
    await page.getByRole("radio", { name: SETS[name]!.title.en, exact: true }).check({ force: true });
    // The kind that an empty link means is not written.
    await until(
      async () => page.url(),
      (url) =>
        name === FIRST_KIND
          ? !url.includes("data.kind")
          : url.endsWith(`data.kind=${name}`) || url.includes(`data.kind=${name}&`),
    );
    await at(page, 0);
    await step(page);
    pictures.add(await pixels(page, POINTS));
    expect(Number.isFinite(await number(page, "loss")), name).toBe(true);
  }
  expect(pictures.size).toBe(setNames.length);
});

test("number of points, noise, test share, seed and new points change the points", async () => {
  const page = await open("#/playground?data.kind=moons", still);
  await drawn(page);
  let before = await pixels(page, POINTS);
  const changed = async (what: string) => {
    before = await until(
      () => pixels(page, POINTS),
      (now) => now !== before,
    ).catch(() => {
      throw new Error(`the points stayed as they were: ${what}`);
    });
  };
  for (const [label, key] of [
    ["Points", "ArrowRight"],
    ["Noise (standard deviation)", "ArrowRight"],
    ["Kept for testing", "ArrowLeft"],
  ] as const) {
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.press(key);
    await changed(label);
  }
  await page.getByRole("button", { name: "New points" }).click();
  await changed("new points");
  const seed = Number(await page.getByLabel("Seed of the data").inputValue());
  await page.getByLabel("Seed of the data").fill(String(seed - 1));
  await page.keyboard.press("Enter");
  await changed("seed");
});

test("test points are shown when asked for, colours flat when asked for", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const [points, plane] = [await pixels(page, POINTS), await pixels(page, PLANE)];
  await page.getByRole("switch", { name: "Test points" }).click();
  await until(
    () => pixels(page, POINTS),
    (now) => now !== points,
  );
  await page.getByRole("switch", { name: "Flat colours" }).click();
  await until(
    () => pixels(page, PLANE),
    (now) => now !== plane,
  );
});

/** Presses, moves and lifts the pointer over the plane; places are shares of it. */
async function stroke(
  page: Awaited<ReturnType<typeof open>>,
  places: readonly (readonly [number, number])[],
) {
  await page.locator(".plane").scrollIntoViewIfNeeded();
  const box = (await page.locator(".plane").boundingBox())!;
  const [first, ...rest] = places.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 12 });
  await page.mouse.up();
}

test("points drawn by hand are trained on, erased, and kept in the link", async () => {
  const page = await open("#/playground?view.goal=1&view.speed=0&data.testShare=0&batchSize=8", still);
  await drawn(page);
  const brush = async (name: string) => {
    await page.getByRole("radio", { name, exact: true }).focus();
    await page.keyboard.press("Space");
  };
  await brush("0");
  await page.getByRole("button", { name: "Remove all points" }).click();
  await page.getByText("Drawn points: expected at least 2").waitFor();
  await stroke(page, [
    [0.2, 0.2],
    [0.2, 0.8],
  ]);
  await brush("1");
  await stroke(page, [
    [0.8, 0.2],
    [0.8, 0.8],
  ]);
  await page.getByText("points drawn by hand").waitFor();
  const count = Number(/\d+/.exec((await page.getByText("points drawn by hand").textContent())!)![0]);
  expect(count).toBeGreaterThan(15);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("reached").waitFor();
  expect(await readout(page, "accuracy")).toBe("100.0 %");
  const { url } = await stoppedLink(page);
  const other = await open(url.slice(url.indexOf("#")));
  await at(other, await number(page, "step"));
  expect(await readout(other, "hash")).toBe(await readout(page, "hash"));
  await brush("Erase");
  await stroke(page, [
    [0.2, 0.15],
    [0.2, 0.5],
  ]);
  await until(
    async () => Number(/\d+/.exec((await page.getByText("points drawn by hand").textContent())!)![0]),
    (now) => now < count && now > 5,
  );
});

test("points are drawn and erased by the keyboard, too", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const plane = page.getByRole("application");
  await plane.focus();
  await page.keyboard.press("1");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  const drawnBy = page.getByText("points drawn by hand");
  await drawnBy.waitFor();
  expect(await drawnBy.textContent()).toContain("401");
  expect(await page.locator(".readout-line").textContent()).toMatch(/x₁ −0\.480.*P\(1\)/);
  await plane.focus();
  await page.keyboard.press("Delete");
  await until(
    () => drawnBy.textContent(),
    (text) => !text!.includes("401"),
  );
});

test("a pasted table of two features is trained on; what is wrong with one is said", async () => {
  const page = await open("#/playground?view.goal=1&view.speed=0&data.testShare=0", still);
  await drawn(page);
  await page.getByRole("button", { name: "Paste or drop a table" }).click();
  const text = page.getByRole("textbox", { name: /Three columns/ });
  await text.fill("height,weight,kind\n1.2,30,cat\n1.3,x,dog");
  expect(await page.getByRole("alert").textContent()).toContain(
    'line 3, column weight: expected a number, received "x"',
  );
  expect(await page.getByRole("button", { name: "Use this table" }).isDisabled()).toBe(true);
  const rows = Array.from({ length: 40 }, (_, i) =>
    i % 2 ? `${110 + i},${40 + i},dog` : `${20 + i},${3 + i / 9},cat`,
  );
  await text.fill(`height,weight,kind\n${rows.join("\n")}`);
  await page.getByText("40 rows, classes: cat, dog.").waitFor();
  await page.getByRole("button", { name: "Use this table" }).click();
  await page.getByText("A pasted table.").waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("reached").waitFor();
  expect(await readout(page, "accuracy")).toBe("100.0 %");
  expect(await page.locator(".legend").textContent()).toContain("dog");
});

test("a table is dropped as a file", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(
      new File(["a,b,t\n0,0,0.5\n1,1,1.5\n2,1,2.25\n3,5,1"], "mine.csv", { type: "text/csv" }),
    );
    return transfer;
  });
  await page.locator(".data-panel").dispatchEvent("drop", { dataTransfer: dropped });
  await page.getByText("4 rows, t holds values.").waitFor();
  await page.getByRole("button", { name: "Use this table" }).click();
  await page.getByText("A pasted table.").waitFor();
  await step(page);
  expect(Number.isFinite(await number(page, "loss"))).toBe(true);
});

test("features are chosen by their tiles", async () => {
  const page = await open("#/playground", still);
  await drawn(page);
  const hash = await readout(page, "hash");
  const radius = page.getByRole("button", { name: /^r: / });
  expect(await radius.getAttribute("aria-pressed")).toBe("false");
  await radius.click();
  await linkOf(page, "features=x1,x2,radius");
  await until(
    () => readout(page, "hash"),
    (now) => now !== hash && /^[0-9a-f]{8}$/.test(now),
  );
  expect(await page.getByRole("button", { name: /^r: / }).getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: /^x₁: / }).click();
  await page.getByRole("button", { name: /^x₂: / }).click();
  await linkOf(page, "features=radius");
  // The last feature cannot be taken away.
  await page.getByRole("button", { name: /^r: / }).click();
  await step(page);
  expect(page.url()).toContain("features=radius");
  expect(complaints).toEqual([]);
});

test("more than two classes, and surfaces of values, are learned", async () => {
  const page = await open(
    "#/playground?data.kind=blobs5&data.count=300&data.noise=0.2&layers=12&view.goal=0.97&view.speed=0",
  );
  await page.getByText("reached").waitFor();
  expect(await page.locator(".unit").count()).toBe(12 + 5);
  const other = await open(
    "#/playground?data.kind=plane&data.noise=0&layers=&optimizer.learningRate=0.05&view.speed=0&view.goal=0",
  );
  await until(
    () => number(other, "loss"),
    (loss) => loss < 1e-4,
  );
  expect(await other.locator('[data-readout="accuracy"]').count()).toBe(0);
});
