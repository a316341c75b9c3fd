/** The studio's server: only files of its folder, only to this machine, with headers that keep and isolate the page. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/sources.ts";
import { type RunningServer, serveSite } from "../../src/cli/static-server.ts";
import { studioSite } from "../../src/cli/studio.ts";
import { idxLabels, mnistFileNames } from "../../src/data/index.ts";

const base = mkdtempSync(join(tmpdir(), "papergrad-server-"));
const folder = join(base, "site");
let server: RunningServer;
let port: number;

beforeAll(async () => {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html>home");
  writeFileSync(join(folder, "assets", "a b.js"), "1");
  writeFileSync(join(folder, ".hidden"), "hidden");
  writeFileSync(join(base, "secret.txt"), "secret");
  symlinkSync(join(base, "secret.txt"), join(folder, "link.txt"));
  symlinkSync(base, join(folder, "out"));
  mkdirSync(join(base, "site-beside"));
  writeFileSync(join(base, "site-beside", "index.html"), "beside");
  server = await serveSite(studioSite(folder), 0);
  port = Number(new URL(server.url).port);
});

afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

/** Sends bytes as they are, and returns all that comes back. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** Status and body of a GET whose path is sent as it is. */
async function get(path: string, host = `127.0.0.1:${port}`): Promise<{ status: number; body: string }> {
  const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
  return { status: Number(answer.slice(9, 12)), body: answer.slice(answer.indexOf("\r\n\r\n") + 4) };
}

describe("what it serves", () => {
  it("the page and its files, with their types", async () => {
    const page = await fetch(server.url);
    expect([page.status, await page.text()]).toEqual([200, "<!doctype html>home"]);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const script = await fetch(`${server.url}assets/a%20b.js?v=1`);
    expect([script.status, script.headers.get("content-type")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
    ]);
  });

  it("every answer keeps the page to itself and isolates it, an error too", async () => {
    for (const path of ["", "nothing"]) {
      const { headers } = await fetch(server.url + path);
      const policy = headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(policy).toContain("style-src 'self';");
      expect(policy.replace("'wasm-unsafe-eval'", "")).not.toMatch(/unsafe|\*|http/);
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("MNIST's bytes from the installed package", async () => {
    const answer = await fetch(`${server.url}data/mnist/${mnistFileNames.testLabels}`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    const labels = idxLabels(new Uint8Array(await answer.arrayBuffer()));
    expect([...labels.slice(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    expect((await fetch(`${server.url}data/mnist/other`)).status).toBe(404);
  });

  it("HEAD without a body, and no other method", async () => {
    const head = await fetch(server.url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "19", ""]);
    const post = await fetch(server.url, { method: "POST", body: "x" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("what it does not serve", () => {
  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "//secret.txt",
    "/../site-beside/index.html",
    "/link.txt",
    "/out/secret.txt",
    "/.hidden",
    "/assets",
    "/assets/",
    "/index.html/",
    "/%00",
    "/%zz",
    "/%E0%A4",
    "http://127.0.0.1/../secret.txt",
    "*",
  ])("%j", async (path) => {
    const { status, body } = await get(path);
    expect([400, 404]).toContain(status);
    expect(body).not.toMatch(/^(secret|hidden|beside)/);
  });

  it("another name of this address: a page elsewhere may not read it", async () => {
    expect((await get("/", "evil.example")).status).toBe(421);
    expect((await get("/", `evil.example:${port}`)).status).toBe(421);
    expect((await get("/", `localhost:${port}`)).status).toBe(200);
  });

  it("other machines: it listens on the loopback address alone", async () => {
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of others) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
  });

  it.each([
    ["nonsense\r\n\r\n", "400"],
    ["GET / HTTP/1.1\r\n\r\n", "400"],
    ["GET /\r\n\r\n", "421"],
    ["GET /a b HTTP/1.1\r\n\r\n", "400"],
    ["GET /\u0001 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n", "400"],
    [`GET / HTTP/1.1\r\nx: ${"y".repeat(100_000)}\r\n\r\n`, "431"],
    ["GET / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: -1\r\n\r\n", "400"],
  ])("a malformed request %# gets an error, and the server goes on", async (request, status) => {
    expect((await raw(request)).slice(9, 12)).toBe(status);
    expect((await fetch(server.url)).status).toBe(200);
  });
});

describe("the built command", () => {
  // Inside the project, so that packages are found; in no folder that is packed or watched.
  const dist = join(root, "node_modules", ".papergrad-test", `studio-${process.pid}`);

  beforeAll(async () => {
    mkdirSync(join(dist, "studio"), { recursive: true });
    writeFileSync(join(dist, "studio", "index.html"), "<!doctype html>studio");
    await build({
      config: join(root, "tsdown.config.ts"),
      cwd: root,
      entry: { cli: "src/cli/main.ts" },
      outDir: dist,
      dts: false,
      clean: false,
      logLevel: "silent",
    });
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  function run(...args: string[]) {
    const child = spawn(process.execPath, [join(dist, "cli.js"), "studio", ...args], {
      env: { ...process.env, LC_ALL: "C" },
    });
    const written = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
      written.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      written.err += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    return { child, written, ended };
  }

  it("says where it is, serves the studio beside it, and Ctrl-C ends it", async () => {
    const { child, written, ended } = run("--port", "0");
    await new Promise<void>((resolve) => {
      child.stdout.once("data", () => resolve());
      void ended.then(() => resolve());
    });
    const url = /^papergrad studio: (http:\/\/127\.0\.0\.1:\d+\/) /.exec(written.out)?.[1];
    expect(written.err).toBe("");
    expect(await (await fetch(url!)).text()).toBe("<!doctype html>studio");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    await expect(fetch(url!)).rejects.toThrow();
  });

  it("a port in use is one clear sentence, code 2", async () => {
    const { written, ended } = run("--port", String(port));
    expect(await ended).toBe(2);
    expect(written.err).toBe(
      `papergrad: studio: port ${port} is in use. Give another one, e.g. --port ${port + 1}, or --port 0 for any free one.\n`,
    );
  });

  it("a port that is none, a word too many, a studio that is not built: one sentence each, code 2", async () => {
    const odd = run("--port", "http");
    expect(await odd.ended).toBe(2);
    expect(odd.written.err).toBe(
      'papergrad: --port: expected a whole number from 0 to 65535, received "http".\n',
    );
    const stray = run("--port", "0", "extra");
    expect(await stray.ended).toBe(2);
    expect(stray.written.err).toBe('papergrad: studio: expected nothing more, received "extra".\n');
    rmSync(join(dist, "studio"), { recursive: true });
    const bare = run("--lang", "zh");
    expect(await bare.ended).toBe(2);
    expect(bare.written.err).toMatch(/^papergrad: studio：在 [^\n]* 中没有找到构建好的工作室。[^\n]*\n$/);
  });
});
