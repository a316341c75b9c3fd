import { mkdirSync, writeFileSync } from "node:fs";
import { htmlReport } from "papergrad/plot";
import { iris } from "../iris/index.ts";
import { mnist } from "./index.ts";

mkdirSync("/tmp/out", { recursive: true });
const [name, variant, epochs] = process.argv.slice(2) as any;
const e = name === "iris" ? iris : mnist;
const t = performance.now();
const c = process.cpuUsage().user;
let calls = 0;
let worst = 0,
  last = performance.now();
const tick = setInterval(() => {
  const n = performance.now();
  worst = Math.max(worst, n - last);
  last = n;
}, 1);
const r = await e.run({
  variant,
  backend: "wasm",
  dtype: e.defaultDtype,
  ...(epochs ? { epochs: +epochs } : {}),
  progress() {
    calls++;
  },
});
clearInterval(tick);
console.log(
  variant,
  "wall",
  performance.now() - t,
  "cpu",
  (process.cpuUsage().user - c) / 1e6,
  "longest block ms",
  worst,
  "progress calls",
  calls,
  r.seconds,
  r.result,
  r.replays,
  r.headline.map((h) => h.what.en + " | " + h.what.zh + " | " + h.published + " | " + h.ours),
  r.weightsHash,
  r.console,
);
for (const f of r.files) writeFileSync("/tmp/out/" + f.name, f.content);
writeFileSync(
  `/tmp/out/${name}-${variant}.html`,
  htmlReport({
    title: name,
    sections: [{ id: name, title: e.title, blocks: [...e.derivation, ...r.blocks] }],
  } as any),
);
