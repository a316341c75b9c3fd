/**
 * The pictures of the READMEs: every room at work, in both languages. `STUDIO_SHOTS=1 npx vitest run
 * test/studio/pictures.test.ts` writes them to docs/studio/.
 */
import type { Page } from "playwright-core";
import { test } from "vitest";
import { rooms } from "../../studio/app/rooms.ts";
import type { Text } from "../../studio/language.ts";
import { lessonNamed } from "../../studio/lessons/index.ts";
import { shot, studio } from "./browser.ts";
import { at } from "./playground-page.ts";

const { open } = studio();

interface Picture {
  readonly address: string;
  /** What the document is called, if not as the room. */
  readonly title?: Text;
  /** Brings the room to where there is something to see. */
  readonly prepare: (page: Page) => Promise<unknown>;
}

const trained = async (page: Page, steps: string) => {
  await page.getByText("A link", { exact: true }).click();
  await page.getByLabel("Link to an experiment").fill(`x/#/playground?${steps}`);
  await page.getByLabel("Seeds", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "Kept" }).waitFor();
};

const pictures: Readonly<Record<string, Picture>> = {
  playground: { address: "?step=900&view.speed=0", prepare: (page) => at(page, 900) },
  pencil: { address: "", prepare: (page) => page.locator('[data-block="published S1"] td').first().hover() },
  digits: {
    address: "?pictures=6000&epochs=3&drawing=test:0",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Load MNIST and train" }).click();
      await page.getByRole("button", { name: "Train on" }).waitFor({ timeout: 60_000 });
    },
  },
  race: {
    address: "?epochs=6",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Start the race" }).click();
      await page.getByText("At the end no weight differs").waitFor({ timeout: 60_000 });
    },
  },
  lessons: {
    address: "?lesson=xor",
    title: lessonNamed("xor")!.title,
    prepare: (page) => page.locator(".lesson math").first().waitFor(),
  },
  runs: { address: "", prepare: (page) => trained(page, "data.kind=circles&layers=6:tanh&step=300") },
};

test.each(rooms)("$id at work, in English and in Chinese", async ({ id, title: ofRoom }) => {
  const { address, prepare, title = ofRoom } = pictures[id]!;
  const page = await open(`#/${id}${address}`, { width: 1280, height: 800 });
  await prepare(page);
  await page.waitForFunction((name) => document.title.includes(name), title.en);
  await shot(page, id, { published: true });
  await page.getByText("中文", { exact: true }).click();
  await page.waitForFunction((name) => document.title.includes(name), title.zh);
  await shot(page, `${id}.zh-CN`, { published: true });
});
