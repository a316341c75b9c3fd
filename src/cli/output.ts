/**
 * Files and folders that appear whole or not at all: written beside their place under a passing name, then renamed.
 *
 * A folder is replaced only if it is empty or holds nothing but an earlier report, which its marker file lists.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { UsageError } from "../index.ts";
import type { Language } from "./language.ts";
import { mistake } from "./parse.ts";

export interface OutputFile {
  /** Relative to the folder, parts separated by "/". */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Lists the files of a report, one a line; only a folder with this file is ever replaced. */
export const MARKER = ".papergrad-report";
/** Files that desktops leave in folders. */
const LITTER = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** @throws {UsageError} if a folder cannot be written at `path`; call it before the long work. */
export function checkFolder(path: string, language: Language): void {
  const where = resolve(path);
  checkParent("--out", where, language);
  if (!existsSync(where)) return;
  if (!statSync(where).isDirectory())
    mistake(language, {
      en: `--out: expected a folder, received the file ${path}. Choose another --out.`,
      zh: `--out：需要一个文件夹，但 ${path} 是文件。请另选 --out。`,
    });
  const foreign = foreignFile(where);
  if (foreign !== undefined)
    mistake(language, {
      en: `--out: expected an empty folder or an earlier papergrad report, but ${path} holds ${foreign}. Choose another --out.`,
      zh: `--out：需要空文件夹或以前的 papergrad 报告，但 ${path} 中有 ${foreign}。请另选 --out。`,
    });
}

/** A file in a folder that no earlier report put there. */
function foreignFile(folder: string): string | undefined {
  const marker = join(folder, MARKER);
  const known = new Set(existsSync(marker) ? readFileSync(marker, "utf8").split("\n") : []);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, "/"),
    );
  return files.find((name) => name !== MARKER && !known.has(name) && !LITTER.has(name.split("/").at(-1)!));
}

/** @throws {UsageError} if a file cannot be written at `path`. */
export function checkFile(option: string, path: string, language: Language): void {
  const where = resolve(path);
  checkParent(option, where, language);
  if (existsSync(where) && statSync(where).isDirectory())
    mistake(language, {
      en: `${option}: expected a file, received the folder ${path}. Add a file name.`,
      zh: `${option}：需要一个文件，但 ${path} 是文件夹。请加上文件名。`,
    });
}

/** The nearest folder above that exists must be one. */
function checkParent(option: string, where: string, language: Language): void {
  let above = dirname(where);
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  if (!statSync(above).isDirectory())
    mistake(language, {
      en: `${option}: expected a path inside a folder, but ${above} is a file. Choose another path.`,
      zh: `${option}：路径的上级应为文件夹，但 ${above} 是文件。请另选路径。`,
    });
}

const passing = (path: string): string => `${path}.${process.pid}.tmp`;

/** Writes a file whole. Missing folders above it are made. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const where = resolve(path);
  await mkdir(dirname(where), { recursive: true });
  const temporary = passing(where);
  try {
    await writeFile(temporary, content);
    await rename(temporary, where);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes a folder whole, in the place of an earlier report if there is one.
 * @throws {UsageError} if there is something else; an error if a name leaves the folder or comes twice.
 */
export async function writeFolder(
  path: string,
  files: readonly OutputFile[],
  language: Language,
): Promise<void> {
  checkFolder(path, language);
  checkNames(files);
  const where = resolve(path);
  const temporary = passing(where);
  const old = `${temporary}.old`;
  await mkdir(dirname(where), { recursive: true });
  try {
    await mkdir(temporary);
    for (const { name, content } of [...files, { name: MARKER, content: markerText(files) }]) {
      const file = join(temporary, ...name.split("/"));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    if (existsSync(where)) await rename(where, old);
    await rename(temporary, where).catch(async (error: unknown) => {
      if (existsSync(old)) await rename(old, where);
      throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

const markerText = (files: readonly OutputFile[]): string => `${files.map(({ name }) => name).join("\n")}\n`;

function checkNames(files: readonly OutputFile[]): void {
  const seen = new Set<string>();
  for (const { name } of files) {
    if (!/^[\w][\w.-]*(\/[\w][\w.-]*)*$/.test(name) || seen.has(name.toLowerCase()))
      throw new UsageError(
        `report: expected file names of letters, digits, ".", "-" and "_", each once, received ${JSON.stringify(name)}. Rename it.`,
      );
    seen.add(name.toLowerCase());
  }
}
