import { chromium } from "playwright-core";
const [,, w="1100", lang="en", ...ys] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args:["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"] });
const p = await b.newPage({ viewport: { width: +w, height: 2000 }, locale: lang });
await p.goto("file:///tmp/rep/index.html");
for (const y of ys) { const sel = y.startsWith("#"); if (sel) await p.evaluate((s)=>document.querySelector(s)!.scrollIntoView({behavior:"instant"} as never), y); else await p.evaluate((v)=>scrollTo({top:v,behavior:"instant"} as never), +y); await p.waitForTimeout(200); await p.screenshot({ path: `/tmp/s${y.replace("#","")}.png` }); }
console.log(await p.evaluate(()=>document.documentElement.scrollHeight), await p.evaluate(()=>document.documentElement.scrollWidth));
await b.close();
