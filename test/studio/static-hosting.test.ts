/**
 * The built studio on any web server: from a folder deep below its root, with no header but the content type. There is
 * no shared memory then, so training runs on one thread, to the same bits.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import type { RunningServer } from "../../src/cli/static-server.ts";
import { rooms } from "../../studio/app/rooms.ts";
import { axe, studio } from "./browser.ts";

const BASE = "/~someone/pages/papergrad/";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** As plain as a server can be. */
async function servePlainly(folder: string): Promise<RunningServer> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const body = path.startsWith(BASE)
      ? await readFile(join(folder, normalize(name.slice(BASE.length)))).catch(() => null)
      : null;
    response.writeHead(body ? 200 : 404, {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    });
    response.end(body ?? "not found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${BASE}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const { open, complaints } = studio(servePlainly);

test("trains without isolation headers, on one thread, and says so", async () => {
  const page = await open("#/playground");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.getByText("one thread").waitFor();
  await page.waitForFunction(
    () => {
      const label = [...document.querySelectorAll("dt")].find((e) => e.textContent === "Step");
      return Number(label?.nextElementSibling?.textContent?.replace(/\D/g, "")) > 50;
    },
    undefined,
    { timeout: 15_000 },
  );
});

test.each(rooms.map(({ id }) => id))("room %s opens and passes axe", async (id) => {
  const page = await open(`#/${id}`, { language: "zh" });
  await page.waitForTimeout(300);
  expect(await axe(page)).toEqual([]);
});

test("digits: a server without MNIST gets one clear sentence", async () => {
  const page = await open("#/digits");
  await page.getByRole("button", { name: "Load MNIST and train" }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/MNIST/);
  // The browser itself reports what the server does not have.
  expect(complaints.splice(0).every((line) => line.includes("404"))).toBe(true);
});
