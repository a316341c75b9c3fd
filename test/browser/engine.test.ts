/** The engine in a real Chromium: the same bits as in Node, and as the interpreter. */
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHROMIUM_FLAGS, chromiumPath } from "./chromium.ts";
import { type Evidence, evidence } from "./evidence.ts";
import { bundle, serve } from "./server.ts";

const SEEDS = 60;
const minutes = (n: number): number => n * 60_000;

let browser: Browser | undefined;
let server: Server | undefined;
let inPage: Evidence;
const complaints: string[] = [];

beforeAll(async () => {
  const script = await bundle(fileURLToPath(new URL("./page.ts", import.meta.url)));
  const served = await serve(script);
  server = served.server;
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  const page = await browser.newPage();
  page.setDefaultTimeout(minutes(5));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  await page.goto(served.url, { waitUntil: "load" });
  inPage = await page.evaluate(
    (seeds) => (globalThis as unknown as { evidence: typeof evidence }).evidence("wasm", seeds, true),
    SEEDS,
  );
}, minutes(10));

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test(
  "the page's hashes are those of the compiled engine in Node",
  async () => {
    expect(inPage).toEqual(await evidence("wasm", SEEDS, true));
  },
  minutes(5),
);

test(
  "the page's hashes are those of the interpreter",
  async () => {
    expect(inPage).toMatchObject(await evidence("interpreter", SEEDS, false));
  },
  minutes(5),
);

test("the suite covers what it says, and nothing hashes alike by accident", () => {
  const count = (part: string) => Object.keys(inPage).filter((name) => name.includes(part)).length;
  expect(count("random step")).toBe(SEEDS * 2 * 2);
  expect(count("float64") - count("random step") / 2).toBe(8 + 8 + 1);
  expect(count(": weights") - count("random step") / 2).toBe(6);
  expect(new Set(Object.values(inPage)).size).toBeGreaterThan(0.9 * Object.keys(inPage).length);
});

test("nothing was printed, thrown or missing in the page", () => {
  expect(complaints).toEqual([]);
});
