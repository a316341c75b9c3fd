import { comparison } from "./comparison.ts";
const epochs = Number(process.argv[2] ?? 4);
const t=performance.now();
const c = await comparison({ epochs, backend: "wasm", progress: () => {} });
console.log((performance.now()-t)/1000, c.ours.seconds, c.ours.testAccuracy, c.ours.trainAccuracy, c.framework?.seconds, c.framework?.testAccuracy, c.framework?.trainAccuracy, c.framework?.version, c.framework?.frames.length);
for (const k of Object.keys(c.ours.params)) { let d=0,s=0; c.ours.params[k]!.forEach((v,i)=>{d=Math.max(d,Math.abs(v-c.framework!.params[k]![i]!)); s=Math.max(s,Math.abs(v))}); console.log(k,d,s); }
