/**
 * The studio in a real Chromium, for the tests of every room: one build, one server, one browser for each test file.
 *
 *     import { expect, test } from "vitest";
 *     import { axe, overflowing, shot, studio } from "./browser.ts";
 *
 *     const { open } = studio();                          // once, at the top of the file
 *
 *     test("the room does …", async () => {
 *       const page = await open("#/playground");            // a Playwright Page, waited for until the room is there
 *       await page.getByRole("button", { name: "Run" }).click();
 *       expect(await axe(page)).toEqual([]);                // accessibility rules that are broken, one line each
 *       expect(await overflowing(page)).toEqual([]);        // what makes the page scroll sideways (at 360 px, say)
 *       await shot(page, "playground-en");                  // test-results/studio/playground-en.png
 *     });                                                   // any console error or failed request fails the test
 *
 * `open(path, { width, height, dark, language })` opens a fresh page without stored runs or preferences. The build is
 * that of the sources as they are: it is made once and kept in test-results/ under the hash of the sources, so that test
 * files share it. The server is the real one of `papergrad studio`: CSP, isolation headers, threads.
 * `pictures.test.ts` takes the pictures of the READMEs; with STUDIO_SHOTS=1 they are written to docs/studio/.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { readSources, root } from "../../scripts/sources.ts";
import { buildStudio } from "../../scripts/studio.ts";
import { type RunningServer, serveSite } from "../../src/cli/static-server.ts";
import { studioSite } from "../../src/cli/studio.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "../browser/chromium.ts";

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly language?: "en" | "zh";
  /** Whether the reader wants less motion; default false. */
  readonly reducedMotion?: boolean;
  /** What the page is without scripts of its own: set to false to look at the page before the room is there. */
  readonly wait?: boolean;
}

export interface Studio {
  /** Opens a page at a path below the studio's address, or at an address of its own. */
  readonly open: (address?: string, options?: OpenOptions) => Promise<Page>;
  /** The address of the server; there is one once the tests run. */
  readonly url: () => string;
  /** What pages have complained about so far in this test; a test may take out what it meant to cause. */
  readonly complaints: string[];
}

const minutes = (n: number): number => n * 60_000;

/** The server of `papergrad studio`. */
const serveByPapergrad = (folder: string): Promise<RunningServer> => serveSite(studioSite(folder), 0);

/**
 * Builds, serves and starts a browser before the tests of the file, and ends all that after them.
 * @param serve another server for the built folder; its url ends with "/".
 */
export function studio(serve = serveByPapergrad): Studio {
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  const complaints: string[] = [];
  const pages: Page[] = [];

  beforeAll(async () => {
    server = await serve(await builtStudio());
    browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  }, minutes(5));

  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
    expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(address = "", options: OpenOptions = {}): Promise<Page> {
    const { width = 1280, height = 900, dark = false, language = "en", reducedMotion = false } = options;
    const context = await browser!.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      locale: language === "zh" ? "zh-CN" : "en-GB",
      reducedMotion: reducedMotion ? "reduce" : "no-preference",
      acceptDownloads: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    pages.push(page);
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("requestfailed", (request) => {
      // A page that is left gives up what it was loading.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
    });
    await page.goto(new URL(address, server!.url).href);
    if (options.wait !== false) await page.locator("main#room > :not(h1)").first().waitFor();
    return page;
  }

  return { open, url: () => server!.url, complaints };
}

/** Hash of all that the build is made of. */
function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const [path, text] of readSources())
    if (/^(src|studio|experiments)\//.test(path)) hash.update(path).update(text);
  const others = readdirSync(join(root, "studio"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(css|html|svg)$/.test(name))
    .sort()
    .map((name) => join("studio", name));
  for (const path of [...others, "package-lock.json"])
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex").slice(0, 16);
}

/** A folder with the studio built from the sources as they are. */
export async function builtStudio(): Promise<string> {
  const results = join(root, "test-results");
  const folder = join(results, `studio-build-${sourcesHash()}`);
  const lock = `${folder}.lock`;
  mkdirSync(results, { recursive: true });
  for (let waited = 0; !existsSync(folder); waited++)
    if (take(lock))
      try {
        await buildStudio(`${folder}.tmp`);
        renameSync(`${folder}.tmp`, folder);
        forgetOthers(results, folder);
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
    else if (waited > 600)
      throw new Error(
        `studio tests: expected another test file to finish its build, but ${lock} is still there. Remove it.`,
      );
    else await new Promise((resolve) => setTimeout(resolve, 200));
  return folder;
}

/** A folder can be made by one process only. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** Builds of older sources. */
function forgetOthers(results: string, kept: string): void {
  for (const name of readdirSync(results))
    if (name.startsWith("studio-build-") && !kept.endsWith(name) && !/\.(lock|tmp)$/.test(name))
      rmSync(join(results, name), { recursive: true, force: true });
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Which rules of axe-core the page breaks (WCAG 2.0 to 2.2, A and AA, and best practices), one line each. */
export async function axe(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // Evaluated by the debugger: the page's own policy lets no script in.
  await page.evaluate(source);
  const violations = (await page.evaluate("axe.run().then((r) => r.violations)")) as Violation[];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ""}`),
  );
}

/** Elements that make the page wider than its window, which nobody likes to scroll sideways. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .filter((element) => element.closest(".scroll, nav.rooms") === null)
      .map((element) => element.outerHTML.slice(0, 120));
  });

/** Writes a picture of the page (or of all of it) under a name. */
export async function shot(
  page: Page,
  name: string,
  options: { readonly whole?: boolean; readonly published?: boolean } = {},
): Promise<void> {
  const folder = options.published && process.env.STUDIO_SHOTS ? "docs/studio" : "test-results/studio";
  mkdirSync(join(root, folder), { recursive: true });
  await page.screenshot({ path: join(root, folder, `${name}.png`), fullPage: options.whole ?? false });
}
