/** A bundler plugin that writes the licences of all packages whose code went into the bundle beside it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "tsdown";

/** Texts of packages whose tarballs have none: the licence they name, as its own text asks to be included. */
const named = (licence: string, folder: string): string => {
  if (licence !== "Apache-2.0")
    throw new Error(
      `build: ${folder} is bundled but has no licence file, and its licence ${licence} needs one.`,
    );
  return "Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0";
};

/** The folder of the package that a module belongs to. */
const packageOf = (id: string): string | undefined =>
  /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0/, ""))?.[0];

/** `fileName` is written into the folder of the bundle. */
export function licences(fileName = "third-party-licences.txt"): Rolldown.Plugin {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle))
        for (const id of chunk.type === "chunk" ? Object.keys(chunk.modules) : []) {
          const folder = packageOf(id);
          if (folder !== undefined && existsSync(join(folder, "package.json"))) folders.add(folder);
        }
      const texts = [...folders].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
        const text =
          file === undefined ? named(license, name) : readFileSync(join(folder, file), "utf8").trim();
        return `${name} ${version}\n\n${text}\n`;
      });
      this.emitFile({
        type: "asset",
        fileName,
        source: `Parts of these packages are in the files of this folder.\n\n${texts.join("\n---\n\n")}`,
      });
    },
  };
}
