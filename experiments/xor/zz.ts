import { createTwoNet, startValues, train, evaluate, weights } from "./net.ts";
import { pacer } from "../shared/pacer.ts";
const net = createTwoNet(6, { variant:"published", backend:"wasm", dtype: "float64" });
const out=[];
for (let s=0;s<200;s++){ const l=await train(net, startValues(6,s), pacer()); const e=evaluate(net); const m=Math.min(...[0,1,2,3].map(i=>Math.abs(e.h[2*i]!-e.h[2*i+1]!)));
 if (m<1e-6) console.log(s,e.accuracy,m,l.at(-1), Array.from(e.h));
 out.push([s,e.accuracy,l.at(-1)]);}
(await import("node:fs")).writeFileSync("/tmp/xor_ours.json",JSON.stringify(out));
