/** A page on this machine's loopback address: an HTML shell and one script, bundled from the sources in memory. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Rolldown } from "tsdown";

/** One script for browsers from a TypeScript file and all it imports. */
export async function bundle(entry: string): Promise<string> {
  const build = await Rolldown.rolldown({
    input: entry,
    platform: "browser",
    tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)),
    // Packages and files that only Node has are imported at run time by programs that the suite does not run.
    external: /^(node:|@tensorflow\/tfjs$)/,
    logLevel: "silent",
  });
  const { output } = await build.generate({ format: "esm", codeSplitting: false });
  await build.close();
  return output[0].code;
}

/** Serves the script until the server is closed. */
export async function serve(script: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(({ url }, response) => {
    const page = url === "/";
    if (!page && url !== "/page.js") response.writeHead(404).end();
    else
      response
        .writeHead(200, {
          "content-type": page ? "text/html; charset=utf-8" : "text/javascript; charset=utf-8",
        })
        .end(
          page
            ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>'
            : script,
        );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
