/**
 * Finds a Chromium for the browser suite: $CHROMIUM_PATH, then the usual places of this system.
 *
 * On a Debian-like Linux without one, as root (a container, a CI machine), it installs Debian's package and says
 * so. Anywhere else the answer is one error with the cure: a suite that skips itself would prove nothing.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Enough for a browser without screen, graphics card, or user; nothing in it calls home. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const places: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((folder) =>
    process.env[folder] ? [join(process.env[folder], "Google/Chrome/Application/chrome.exe")] : [],
  ),
};

function installed(): string | undefined {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...(places[process.platform] ?? []),
  ];
  return candidates.find((path) => existsSync(path));
}

/** Path of a Chromium. @throws {Error} with the cure if there is none. */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`browser suite: CHROMIUM_PATH is ${named}, but there is no such file.`);
  }
  const found = installed() ?? installOnDebian();
  if (found !== undefined) return found;
  throw new Error(
    "browser suite: expected Chromium or Chrome, found none. Install one (Debian: sudo apt-get install chromium), or set CHROMIUM_PATH to its program.",
  );
}

function installOnDebian(): string | undefined {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return undefined;
  console.log("browser suite: no Chromium found; installing Debian's package (apt-get install chromium) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "pipe"] });
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
  } catch (error) {
    throw new Error(
      `browser suite: apt-get could not install chromium. Install it, or set CHROMIUM_PATH. ${error}`,
    );
  }
  return installed();
}
