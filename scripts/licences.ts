/** A bundler plugin that writes the licences of all packages whose code went into the bundle beside it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "tsdown";

const APACHE = "Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0";

const mit = (holder: string): string => `MIT License

Copyright ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Whom packages without a licence file name in their sources as the holder of what is under the MIT licence. */
const HOLDERS: Readonly<Record<string, string>> = {
  "@tensorflow/tfjs-layers": "2018 Google LLC",
  seedrandom: "2019 David Bau",
};

/** Texts of packages whose tarballs have none: the licences they name, as these ask to be included. */
function named(licence: string, name: string): string {
  const holder = HOLDERS[name];
  const texts = licence.split(" AND ").map((part) => {
    if (part === "Apache-2.0") return APACHE;
    if (part === "MIT" && holder !== undefined) return mit(holder);
    throw new Error(`build: ${name} is bundled but has no licence file, and its licence ${part} needs one.`);
  });
  return texts.join("\n\n");
}

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
