/**
 * A small web server for one folder and a few named resources, on the loopback address only.
 *
 * It answers GET and HEAD to its own host names, sends a strict Content-Security-Policy and the headers that isolate the
 * page (so that it may share memory between threads), and serves nothing outside the folder: no `..`, no hidden files,
 * no links that lead out. Anything malformed gets an error, never a file.
 */
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { extname, join, sep } from "node:path";

/** What is served. */
export interface Site {
  readonly folder: string;
  /** Resources that are not in the folder, by path without the first slash; null where there is none after all. */
  readonly resources?: Readonly<Record<string, () => Promise<Uint8Array | null>>>;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Name of this machine to itself; no other machine reaches it. */
const LOOPBACK = "127.0.0.1";

/**
 * Scripts and workers from here only, WebAssembly allowed, no eval, no inline scripts or styles. The engine's threads
 * are workers made from a Blob; pictures may be data or Blobs.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sent with every answer. */
const HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
} as const;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".gif": "image/gif",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Where a request may not be answered with a file, and why. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Starts serving; port 0 takes any free one.
 * @throws what `listen` throws, e.g. with the code EADDRINUSE.
 */
export async function serveSite(site: Site, port: number): Promise<RunningServer> {
  const root = await realpath(site.folder);
  const server = createServer((request, response) => {
    answer(site, root, request).then(
      ({ type, bytes }) => send(request, response, 200, type, bytes),
      (error: unknown) => sendError(request, response, error),
    );
  });
  server.on("clientError", refuseConnection);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return { url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`, close: () => close(server) };
}

interface Found {
  readonly type: string;
  readonly bytes: Uint8Array;
}

async function answer(site: Site, root: string, request: IncomingMessage): Promise<Found> {
  if (request.method !== "GET" && request.method !== "HEAD")
    throw new Refused(405, "Only GET and HEAD are answered.");
  // A page elsewhere may point a name of its own at this address; it must not read what is here.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? ""))
    throw new Refused(421, "This server answers to 127.0.0.1 and localhost only.");
  const path = pathOf(request.url ?? "");
  const resource = site.resources?.[path];
  if (resource) {
    const bytes = await resource();
    if (bytes === null) throw new Refused(404, `There is no ${path}.`);
    return { type: "application/octet-stream", bytes };
  }
  return readInside(root, path === "" ? "index.html" : path);
}

/** The path that a request names, without the first slash. @throws {Refused} unless it is a plain path. */
function pathOf(url: string): string {
  const raw = url.split("?", 1)[0]!;
  if (!raw.startsWith("/")) throw new Refused(400, "Expected a path that starts with /.");
  let path: string;
  try {
    path = decodeURIComponent(raw.slice(1));
  } catch {
    throw new Refused(400, "The path is not well encoded.");
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\\]/.test(path) || path.split("/").some((part) => part === ".." || part === "."))
    throw new Refused(400, "The path must name a file of this site.");
  return path;
}

async function readInside(root: string, path: string): Promise<Found> {
  const missing = new Refused(404, "There is no such file.");
  if (path.split("/").some((part) => part === "" || part.startsWith("."))) throw missing;
  // The real path: a link inside the folder must not lead out of it.
  const file = await realpath(join(root, path)).catch(() => {
    throw missing;
  });
  if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) throw missing;
  return {
    type: TYPES[extname(file).toLowerCase()] ?? "application/octet-stream",
    bytes: await readFile(file),
  };
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  bytes: Uint8Array,
): void {
  response.writeHead(status, {
    ...HEADERS,
    "content-type": type,
    "content-length": bytes.length,
    ...(status === 405 && { allow: "GET, HEAD" }),
  });
  response.end(method === "HEAD" ? undefined : bytes);
}

function sendError(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const [status, text] =
    error instanceof Refused ? [error.status, error.message] : [500, "The file could not be read."];
  send(
    request,
    response,
    status,
    "text/plain; charset=utf-8",
    new TextEncoder().encode(`${status} ${text}\n`),
  );
}

/** What is not even HTTP. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
