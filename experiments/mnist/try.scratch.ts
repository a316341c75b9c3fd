import { createEngine } from "papergrad/engine";
import { loadMnist } from "papergrad/node";
import { RandomState } from "../../src/random/index.ts";
import { trainingStep, parameterNames, parameterShapes } from "/work/main/experiments/shared/three-net.ts";
import { readFileSync } from "node:fs";
const golden = JSON.parse(readFileSync("/work/main/experiments/golden/mnist.json","utf8"));
const net = { inputs:784, hidden1:200, hidden2:80, classes:10, learningRate:1e-3, decay:1e-3 };
let t=performance.now();
const m = await loadMnist();
console.log("load", performance.now()-t);
for (const dtype of ["float64","float32"] as const)
for (const variant of ["published","derived"] as const) {
  t=performance.now();
  const engine = createEngine({ dtype });
  const step = engine.entry("step", g => {
    const idx = g.index("order", 59904);
    const a0 = g.label("a0", g.gather(g.bytes("images",[60000,784]), idx, 256));
    const y = g.gather(g.input("labels",[60000,1]), idx, 256);
    trainingStep(variant, g, a0, y, net);
  });
  engine.write("images", m.train.images.data);
  engine.write("labels", m.train.labels);
  engine.write("order", Int32Array.from({length:59904},(_,i)=>i));
  const rs = new RandomState(0);
  const shapes = parameterShapes(net);
  for (const n of parameterNames) engine.write(n, rs.normal(0,1,shapes[n]).data.map(v=>0.01*v));
  console.log("setup", performance.now()-t);
  t=performance.now();
  const { metrics } = step.run(40);
  const ms=performance.now()-t;
  const c = golden.cases[variant==="published"?0:1];
  let w=0; for (let i=0;i<20;i++) w=Math.max(w,Math.abs(metrics.loss![i]!-c.first_20_minibatch_losses[i]));
  console.log(dtype, variant, (ms/40).toFixed(2),"ms/step", w);
}
