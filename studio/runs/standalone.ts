/**
 * A trained model as one ES module that predicts, without papergrad or anything else: for a web page, Node, Deno.
 *
 * It adds in papergrad's order and rounds to float32 where the model did, so it gives the same bits as long as nothing
 * but +, × and comparisons is needed (linear, relu, leakyRelu). Other activations use the engine's `Math`, which may
 * differ in the last bits.
 */
import type { ActivationName } from "papergrad";
import type { FeatureName } from "../data/features.ts";
import type { ModelFile } from "./model-file.ts";

/** The body of each activation, step by step as papergrad rounds it: a number z in, a number out. */
const ACTIVATION_CODE: Readonly<Record<Exclude<ActivationName, "softmax">, string>> = {
  linear: "z",
  sigmoid: "r(1 / (1 + Math.exp(-z)))",
  tanh: "r(Math.tanh(z))",
  relu: "Math.max(z, 0)",
  leakyRelu: "z > 0 ? z : r(r(0.2) * z)",
  elu: "z > 0 ? z : r(r(Math.exp(z)) - 1)",
  selu: "r(r(1.0507009873554805) * (z > 0 ? z : r(r(1.6732632423543772) * r(r(Math.exp(z)) - 1))))",
  softplus: "r(Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))))",
  silu: "r(z * r(1 / (1 + Math.exp(-z))))",
  gelu: "r(r(0.5 * z) * r(1 + r(erf(r(z * r(Math.SQRT1_2))))))",
};

const FEATURE_CODE: Readonly<Record<FeatureName, string>> = {
  x1: "x1",
  x2: "x2",
  x1Squared: "x1 * x1",
  x2Squared: "x2 * x2",
  x1x2: "x1 * x2",
  sinX1: "Math.sin(x1)",
  sinX2: "Math.sin(x2)",
  sinPiX1: "Math.sin(Math.PI * x1)",
  sinPiX2: "Math.sin(Math.PI * x2)",
  cosPiX1: "Math.cos(Math.PI * x1)",
  cosPiX2: "Math.cos(Math.PI * x2)",
  absX1: "Math.abs(x1)",
  absX2: "Math.abs(x2)",
  radius: "Math.sqrt(x1 * x1 + x2 * x2)",
};

/** A series of positive terms: nothing cancels. */
const ERF = `/** The error function: 2/sqrt(pi) * exp(-x*x) * (x + 2x^3/3 + 4x^5/15 + ...). */
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let sum = x;
  for (let n = 1, term = x; n < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}`;

/** The shortest decimal that reads back as the same number of this precision. */
export function shortest(value: number, precision: ModelFile["precision"]): string {
  if (precision === "float64" || value === 0) return Object.is(value, -0) ? "-0" : String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}

/** The source of the module. */
export function standaloneModule(file: ModelFile): string {
  const { inputs, layers, precision, classes, labels, hash } = file;
  const single = precision === "float32";
  const number = (v: number) => shortest(v, precision);
  const row = (values: readonly number[]) => `[${values.map(number).join(", ")}]`;
  const used = [...new Set(layers.map((l) => l.activation))];
  const layerTexts = layers.map(
    ({ activation, kernel, bias }, i) =>
      `  {\n    activation: ${activation},\n${i === 0 && inputs.factor !== 1 ? `    factor: ${inputs.factor}, // of the sums\n` : ""}    kernel: [\n${kernel.map((r) => `      ${row(r)},`).join("\n")}\n    ],\n    bias: ${row(bias)},\n  },`,
  );
  const rowType = inputs.features === null ? `${layers[0]!.kernel.length} numbers` : "[x1, x2]";
  const outputs = layers.at(-1)!.units;
  const parts = [
    `// A network trained in papergrad studio (weights ${hash}, ${precision}). No dependency.
//   import { predict${classes > 0 ? ", classOf" : ""} } from "./model.mjs";
//   predict([${inputs.features === null ? "0, 0, …" : "0.5, -0.25"}])   // row: ${rowType} -> ${outputs === 1 ? "[output]" : `[${outputs} outputs]`}`,
    `/** Rounds to the precision of the model. */\nconst r = ${single ? "Math.fround" : "(v) => v"};`,
    ...(used.includes("gelu") ? [ERF] : []),
    ...used.map(activationText),
    `/** kernel[input][unit], then bias. */\nconst layers = [\n${layerTexts.join("\n")}\n];`,
    inputText(file),
    `/** The outputs of the network for one row. */
export function predict(row) {
  let a = inputs(row);
  for (const { activation, kernel, bias${inputs.factor === 1 ? "" : ", factor"} } of layers) {
    const z = bias.map((b, unit) => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum = r(sum + r(a[i] * r(kernel[i][unit])));
      return r(${inputs.factor === 1 ? "sum" : "(factor ? r(sum * r(factor)) : sum)"} + r(b));
    });
    a = activation(z);
  }
  return a;
}`,
    ...(classes > 0 ? [classText(file)] : []),
    ...(labels.length > 0
      ? [`/** What the classes are called. */\nexport const labels = ${JSON.stringify(labels)};`]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function activationText(name: ActivationName): string {
  if (name === "softmax")
    return `function softmax(z) {
  const most = Math.max(...z);
  const e = z.map((v) => r(Math.exp(r(v - most))));
  const sum = e.reduce((s, v) => r(s + v), 0);
  return e.map((v) => r(v / sum));
}`;
  return `const ${name} = (row) => row.map((z) => ${ACTIVATION_CODE[name]});`;
}

function inputText({ inputs: { features, extents } }: ModelFile): string {
  if (features === null) return "const inputs = (row) => row.map(r);";
  const scaled = extents?.map(([low, high]) =>
    high > low ? `(v) => (2 * (v - ${low})) / (${high - low}) - 1` : "() => 0",
  );
  const columns = features.map((name) => `r(${FEATURE_CODE[name]})`).join(", ");
  return [
    ...(scaled
      ? [`/** Each coordinate brought to -1...1, as the table was. */\nconst scale = [${scaled.join(", ")}];`]
      : []),
    `/** What the first layer is given of a point. */
function inputs(row) {
  const [x1, x2] = ${scaled ? "row.map((v, i) => scale[i](v))" : "row"};
  return [${columns}];
}`,
  ].join("\n\n");
}

function classText({ layers }: ModelFile): string {
  const { units, activation } = layers.at(-1)!;
  if (units === 1)
    return `/** Number of the class of one row. */\nexport const classOf = (row) => (predict(row)[0] > ${activation === "sigmoid" ? 0.5 : 0} ? 1 : 0);`;
  return `/** Number of the class of one row. */
export function classOf(row) {
  const outputs = predict(row);
  return outputs.indexOf(Math.max(...outputs));
}`;
}
