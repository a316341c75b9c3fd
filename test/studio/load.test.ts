/** What the first load costs. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root } from "../../scripts/sources.ts";
import { builtStudio, studio } from "./browser.ts";

const { open, url } = studio();

/** Bytes that may come before the reader sees and uses the playground. */
const MOST = 250_000;

test("the first load is at most 250 kB, gzipped; how long it takes is written down", async () => {
  const page = await open("#/nowhere");
  const asked = new Set<string>();
  page.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    // The engine's threads come out of a Blob.
    if (protocol === "http:") asked.add(pathname);
  });
  const began = Date.now();
  // Another query: the page is loaded anew, not only its room.
  await page.goto(`${url()}?first`);
  await page.locator("main#room button:enabled").first().waitFor();
  const interactive = Date.now() - began;
  // A run that learns has loaded all that the room needs.
  await page.waitForFunction(() =>
    /[1-9]/.test(document.querySelector('[data-readout="step"]')?.textContent ?? ""),
  );
  await page.waitForTimeout(300);
  const folder = await builtStudio();
  const sizes = Object.fromEntries(
    [...asked].map((path) => {
      const file = path === "/" ? "index.html" : path;
      return [file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length];
    }),
  );
  const total = Object.values(sizes).reduce((a, b) => a + b, 0);
  mkdirSync(join(root, "test-results", "studio"), { recursive: true });
  writeFileSync(
    join(root, "test-results", "studio", "first-load.json"),
    JSON.stringify({ gzippedBytes: total, interactiveMs: interactive, sizes }, null, 1),
  );
  console.log(`first load: ${(total / 1000).toFixed(0)} kB gzipped, interactive after ${interactive} ms`);
  expect(Object.keys(sizes).some((path) => path.includes("worker"))).toBe(true);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThanOrEqual(MOST);
});
