/** What the first load costs, and the studio on an ordinary web server: from a folder, without isolation, on one thread. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root } from "../../scripts/sources.ts";
import { FIRST } from "../../studio/playground/first.ts";
import { decode } from "../../studio/state/url.ts";
import { Run } from "../../studio/train/run.ts";
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

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

test("an ordinary web server: from a folder, no headers, one thread, the same hash", async () => {
  const folder = await builtStudio();
  const server = createServer(({ url: path = "" }, response) => {
    const name = path.replace("/some/folder/", "").split("?", 1)[0] || "index.html";
    try {
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" });
      response.end(readFileSync(join(folder, name)));
    } catch {
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const page = await open(`http://127.0.0.1:${port}/some/folder/#/runs`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await page.locator("footer").textContent()).toContain("one thread");
    const query = "data.kind=moons&data.noise=0.2&layers=9:relu&seed=12";
    await page.getByText("A link", { exact: true }).click();
    await page.getByLabel("Link to an experiment").fill(`#/playground?${query}`);
    await page.getByLabel("Steps", { exact: true }).fill("200");
    await page.getByLabel("Seeds", { exact: true }).fill("1");
    await page.getByRole("button", { name: "Train", exact: true }).click();
    const run = await Run.open(decode(query, FIRST).experiment, {
      threads: 1,
      mnist: () => Promise.reject(),
    });
    while (run.step < 200) run.advance(200 - run.step);
    await page.locator(".exports code").waitFor();
    expect(await page.locator(".exports code").textContent()).toBe(run.hash());
  } finally {
    server.close();
  }
});
