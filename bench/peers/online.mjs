/**
 * brain.js and synaptic, which update after every single example: one "step" here is one pass over the examples.
 *
 * That is another algorithm (and in brain.js another loss), so their loss is not compared, only their time is shown.
 * Started as: online.mjs brain.js | synaptic.
 */
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";

const system = process.argv[2];
const require = createRequire(import.meta.url);
const library = require(system);

const examples = ({ net }, { x, y }) =>
  Array.from(y, (target, r) => ({
    input: Array.from(x.subarray(r * net.sizes[0], (r + 1) * net.sizes[0])),
    output: net.sizes.at(-1) === 1 ? [target] : [1 - target, target],
  }));

/** brain.js accepts neither a momentum nor a threshold of 0. */
function brain(job, arrays) {
  const { sizes, rate } = job.net;
  const data = examples(job, arrays);
  const options = {
    hiddenLayers: sizes.slice(1, -1),
    activation: "sigmoid",
    learningRate: rate,
    momentum: 1e-9,
  };
  const net = new library.NeuralNetwork(options);
  net.train(data, { iterations: 1, errorThresh: 1e-12 });
  const run = (steps) =>
    net.train(data, { iterations: steps, errorThresh: 1e-12, errorCheckInterval: steps, log: false }).error;
  return { versions: "", reset() {}, run };
}

/** synaptic stops early for every error it takes as given; 0 counts as not given. */
function synaptic(job, arrays) {
  const { sizes, rate } = job.net;
  const data = examples(job, arrays);
  const net = new library.Architect.Perceptron(...(sizes.length === 2 ? [sizes[0], 1, sizes[1]] : sizes));
  const trainer = new library.Trainer(net);
  const cost = library.Trainer.cost.CROSS_ENTROPY;
  const run = (steps) =>
    trainer.train(data, { rate, iterations: steps, error: 1e-300, shuffle: false, cost }).error;
  return { versions: "", reset() {}, run };
}

await serve((job, arrays) => {
  const made = system === "brain.js" ? brain(job, arrays) : synaptic(job, arrays);
  return { ...made, versions: `${system} ${require(`${system}/package.json`).version}` };
});
