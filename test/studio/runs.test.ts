/** Runs and export: trained and kept in the page, compared with a band over seeds, and taken out of it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it, test } from "vitest";
import { FIRST } from "../../studio/playground/first.ts";
import { filmSteps } from "../../studio/runs/film.ts";
import { groupsOf, lineOf, placeAt } from "../../studio/runs/groups.ts";
import type { KeptRun } from "../../studio/runs/kept.ts";
import { type ModelFile, modelFromFile } from "../../studio/runs/model-file.ts";
import { scaleOf, shortNumber } from "../../studio/runs/scale.ts";
import { experimentOf } from "../../studio/state/experiment.ts";
import { decode } from "../../studio/state/url.ts";
import { Run } from "../../studio/train/run.ts";
import { axe, overflowing, shot, studio } from "./browser.ts";

const { open } = studio();
const folder = mkdtempSync(join(tmpdir(), "papergrad-runs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUERY = "data.kind=circles&data.count=200&data.noise=0.2&layers=6:tanh&seed=4";
const LINK = `x/#/playground?${QUERY}`;
const RECORD = decode(QUERY, FIRST).experiment;

/** Trains the record of LINK with some seeds in the room. */
async function trained(page: Page, seeds: number, steps: number, link = LINK): Promise<void> {
  await page.getByText("A link", { exact: true }).click();
  await page.getByLabel("Link to an experiment").fill(link);
  await page.getByLabel("Steps", { exact: true }).fill(String(steps));
  await page.getByLabel("Seeds", { exact: true }).fill(String(seeds));
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "Kept" }).waitFor();
}

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

test("trains several seeds, draws their band, keeps them over a reload, forgets them", async () => {
  const page = await open("#/runs");
  await page.getByText("Nothing is kept yet.").waitFor();
  await trained(page, 3, 300);
  const row = page.locator(".run-table tbody tr");
  expect(await row.count()).toBe(1);
  expect(await row.locator("strong").textContent()).toBe("Circles");
  expect(await row.locator("option").allTextContents()).toEqual([
    "seed 4, step 300",
    "seed 5, step 300",
    "seed 6, step 300",
  ]);
  expect(await page.locator(".run-chart .band").count()).toBe(1);
  expect(await page.locator(".run-chart .curve").getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+L/);
  // The value at the end is the median of what the runs themselves say.
  const losses = [];
  for (const seed of [4, 5, 6]) {
    const run = await Run.open(
      { ...RECORD, seed },
      {
        threads: 1,
        mnist: () => Promise.reject(),
      },
    );
    while (run.step < 300) run.advance(300 - run.step);
    losses.push(run.values().loss);
  }
  losses.sort((a, b) => a - b);
  const [low, middle, high] = losses.map((v) => v.toPrecision(4));
  expect(await row.locator("td.number").textContent()).toBe(`${middle} (${low} … ${high})`);
  await page.getByRole("slider", { name: "Step" }).focus();
  await page.keyboard.press("Home");
  expect(await page.locator("th.number").textContent()).toBe("Training loss at step 0");
  await page.reload();
  await page.locator(".run-table tbody tr").waitFor();
  await page.getByRole("button", { name: /^Forget Circles/ }).click();
  await page.getByText("Nothing is kept yet.").waitFor();
  await page.reload();
  await page.getByText("Nothing is kept yet.").waitFor();
});

test("exports: model, module, weights, curves and pictures, reloaded in Node", async () => {
  const page = await open("#/runs");
  await trained(page, 1, 250);
  const hash = await page.locator(".exports code").textContent();
  const run = await Run.open(RECORD, { threads: 1, mnist: () => Promise.reject() });
  while (run.step < 250) run.advance(250 - run.step);
  expect(hash).toBe(run.hash());

  const points = [0.3, -0.2, 0.9, 0.1, -1.1, 0.7];
  const own = [...run.activations({ points }, "last").layers[0]!];
  const rows = [0, 1, 2].map((i) => points.slice(2 * i, 2 * i + 2));
  const file = JSON.parse(readFileSync(await saved(page, "Model as JSON"), "utf8")) as ModelFile;
  expect([...modelFromFile(file).predict(rows).data]).toEqual(own);
  const module = await import(/* @vite-ignore */ pathToFileURL(await saved(page, "Stand-alone module")).href);
  for (const [i, row] of rows.entries()) expect(module.predict(row)[0]).toBeCloseTo(own[i]!, 6);

  const weights = JSON.parse(readFileSync(await saved(page, "Weights as JSON"), "utf8"));
  expect(weights.weights.flatMap((w: { data: number[] }) => w.data)).toEqual([...run.parameters()]);
  const curves = readFileSync(await saved(page, "Curves as CSV"), "utf8").split("\n");
  expect(curves[0]).toBe("step,epoch,loss,testLoss,accuracy,testAccuracy,learningRate");
  expect(curves).toHaveLength(253);

  const png = readFileSync(await saved(page, "Chart as PNG"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const svg = readFileSync(await saved(page, "Chart as SVG"), "utf8");
  expect(svg).toMatch(/^<svg [^>]*>.*stroke="rgb\(0, 114, 178\)".*<\/svg>$/s);
  expect(svg).not.toMatch(/var\(|class=|style=/);
  const gif = readFileSync(await saved(page, "Film"));
  expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
  expect(gif.length).toBeGreaterThan(20_000);
});

test("a link with a fork and an edited weight replays to the hash that Node finds", async () => {
  const page = await open("#/runs");
  const edits = "100:optimizer.name:sgd,optimizer.learningRate:0.3,batchSize:8;150:w3:-0.5";
  await trained(page, 1, 250, `${LINK}&edits=${edits}`);
  const { experiment } = decode(`${QUERY}&edits=${edits}`, FIRST);
  expect(experiment.edits.map((e) => e.kind)).toEqual(["settings", "weight"]);
  const run = await Run.open(experiment, { threads: 1, mnist: () => Promise.reject() });
  while (run.step < 250) run.advance(250 - run.step);
  expect(await page.locator(".exports code").textContent()).toBe(run.hash());
  const plain = await Run.open(RECORD, { threads: 1, mnist: () => Promise.reject() });
  while (plain.step < 250) plain.advance(250 - plain.step);
  expect(run.hash()).not.toBe(plain.hash());
  // The link of the export opens to the same.
  const link = await page.getByRole("link", { name: "Open it" }).getAttribute("href");
  await trained(page, 1, 250, link!);
  expect(await page.locator(".exports code").textContent()).toBe(run.hash());
  expect(await page.locator(".run-table option").count()).toBe(1);
});

test("a link that is none is refused in one sentence; the same run is kept once", async () => {
  const page = await open("#/runs");
  await page.getByText("A link", { exact: true }).click();
  await page.getByLabel("Link to an experiment").fill("https://elsewhere.example/");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  expect(await page.getByRole("alert").textContent()).toContain("Link: expected the address of a Playground");
  await trained(page, 1, 50);
  await trained(page, 1, 50);
  expect(await page.locator(".run-table option").count()).toBe(1);
});

test.each([
  ["en", false, 1280],
  ["zh", true, 1920],
  ["zh", false, 360],
] as const)("in %s, dark %s, %i wide: fits, breaks no rule", async (language, dark, width) => {
  const page = await open("#/runs", { language, dark, width, height: 1000 });
  const text = (en: string, zh: string) => (language === "en" ? en : zh);
  for (const [kind, seeds] of [
    ["circles", 3],
    ["xor", 2],
  ] as const) {
    await page.getByText(text("A link", "一个链接"), { exact: true }).click();
    await page
      .getByLabel(text("Link to an experiment", "实验的链接"))
      .fill(`#/playground?data.kind=${kind}&data.count=200&layers=5:tanh&optimizer.learningRate=0.02`);
    await page.getByLabel(text("Steps", "步数"), { exact: true }).fill("400");
    await page.getByLabel(text("Seeds", "种子个数"), { exact: true }).fill(String(seeds));
    await page.getByRole("button", { name: text("Train", "开始训练"), exact: true }).click();
    await page
      .getByRole("status")
      .filter({ hasText: text(`Kept ${seeds}`, `已保留 ${seeds}`) })
      .waitFor();
  }
  expect(await page.locator(".run-chart .band").count()).toBe(2);
  expect(await overflowing(page)).toEqual([]);
  expect(await axe(page)).toEqual([]);
  await shot(page, `runs-${language}${dark ? "-dark" : ""}${width === 360 ? "-360" : ""}`, { whole: true });
});

describe("groups and lines", () => {
  const run = (seed: number, losses: readonly number[], step = losses.length - 1): KeptRun =>
    ({
      id: `${seed}-${step}`,
      experiment: experimentOf({ seed, step, view: { logScale: seed === 1 } }),
      points: losses.map((loss, i) => ({ step: i, loss })),
    }) as unknown as KeptRun;

  it("runs that differ in seed and view alone are one group; of one seed the longest counts", () => {
    const groups = groupsOf([run(1, [4, 2]), run(2, [8, 6, 4]), run(1, [4, 2, 1])]);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.runs.map(({ id }) => id)).toEqual(["1-2", "2-2"]);
    expect(lineOf(groups[0]!, "loss")).toEqual({
      steps: [0, 1, 2],
      middle: [6, 4, 2.5],
      low: [4, 2, 1],
      high: [8, 6, 4],
    });
    expect(lineOf(groups[0]!, "accuracy").steps).toEqual([]);
  });

  it("a step between two points belongs to the one before it", () => {
    expect([-1, 0, 3, 4, 9].map((s) => placeAt([0, 4, 8], s))).toEqual([-1, 0, 0, 1, 2]);
  });

  it("axes have round numbers, logarithmic ones powers of ten", () => {
    expect(scaleOf(0, 1000, 0, 420).ticks).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(scaleOf(0.001, 2, 300, 0, true).ticks).toEqual([0.001, 0.01, 0.1, 1]);
    const scale = scaleOf(2, 8, 100, 400);
    expect(scale.at(5)).toBe(250);
    expect(scale.from(scale.at(3.25))).toBeCloseTo(3.25, 12);
    expect(scaleOf(0.1, 1, 0, 100, true).at(0)).toBeNaN();
    expect([0, 1500, 1e6, 0.00012, -2.5].map(shortNumber)).toEqual(["0", "1500", "1e6", "1.2e−4", "−2.5"]);
  });

  it("a film begins at the start, ends at the end, and has most frames early", () => {
    const points = Array.from({ length: 501 }, (_, i) => ({ step: 2 * i }));
    const steps = filmSteps(points as never, 1000);
    expect([steps[0], steps.at(-1)]).toEqual([0, 1000]);
    expect(steps.filter((s) => s < 250).length).toBeGreaterThanOrEqual(steps.length / 2 - 1);
    expect(filmSteps([{ step: 0 }] as never, 0)).toEqual([0]);
  });
});
