/**
 * Writes docs/one-step.md and docs/one-step.zh-CN.md: one training step with every stage printed, made by the
 * code itself. `npx tsx scripts/one-step.ts`; a test holds that the files are up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineStep, programText } from "papergrad/engine";
import { graphText, traceStep } from "papergrad/inspect";

function theStep() {
  const step = defineStep({ dtype: "float64" }, (g) => {
    const x = g.input("x", [4, 2]);
    const y = g.input("y", [4, 1]);
    const W = g.parameter("W", [2, 1]);
    const b = g.parameter("b", [1, 1]);
    const z = g.label("z", g.add(g.matmul(x, W), b));
    const loss = g.label("J", g.mean(g.sub(g.softplus(z), g.mul(y, z))));
    const [dW, db] = g.gradient(loss, [W, b]);
    g.store(W, g.sub(W, g.mul(0.5, dW)));
    g.store(b, g.sub(b, g.mul(0.5, db)));
    g.metric("loss", loss);
  });
  step.engine.write("x", [0, 0, 0, 1, 1, 0, 1, 1]);
  step.engine.write("y", [0, 1, 1, 1]);
  step.engine.write("W", [0.5, -0.25]);
  return step;
}

/** The text of the step above, as it stands in this file. */
function source(): string {
  const own = readFileSync(fileURLToPath(import.meta.url), "utf8");
  const text = /^ {2}const step = defineStep\([\s\S]*?^ {2}\}\);$/m.exec(own)![0];
  return text.replaceAll(/^ {2}/gm, "");
}

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;

function page(
  t: Record<"title" | "lead" | "source" | "graph" | "program" | "trace" | "run", string>,
): string {
  const step = theStep();
  const trace = traceStep(step)
    .map(
      (v) =>
        `${v.label.padEnd(4)} ${v.stage.padEnd(10)} [${v.shape}]  ${v.formula}\n     ${[...v.data].join("  ")}`,
    )
    .join("\n");
  const losses = [...step.run(3).metrics.loss!].join("\n");
  return [
    `# ${t.title}\n`,
    `${t.lead}\n`,
    `## 1. ${t.source}\n`,
    fence("ts", source()),
    `## 2. ${t.graph}\n`,
    fence("text", graphText(step.graph)),
    `## 3. ${t.program}\n`,
    fence("text", programText(step.program)),
    `## 4. ${t.trace}\n`,
    fence("text", trace),
    `## 5. ${t.run}\n`,
    fence("text", losses),
  ].join("\n");
}

/** File name and text of each page. */
export function oneStepPages(): Record<string, string> {
  return {
    "docs/one-step.md": page({
      title: "One training step, every stage printed",
      lead: "Logical OR, one layer. Made by `npx tsx scripts/one-step.ts`; the code that each stage names is in the folder of that name.",
      source: "What a user writes (`papergrad/engine`)",
      graph: "The tensor graph, gradient included (`src/graph/`)",
      program: "The Program: fused loop kernels over one memory (`src/compile/`)",
      trace: "Every labelled value of the first step (`src/inspect/trace`)",
      run: "`step.run(3).metrics.loss`, computed by the compiled module (`src/wasm/`)",
    }),
    "docs/one-step.zh-CN.md": page({
      title: "一个训练步，逐阶段打印",
      lead: "逻辑或，单层网络。本页由 `npx tsx scripts/one-step.ts` 生成；每个阶段的代码就在所注明的文件夹里。",
      source: "用户写的代码（`papergrad/engine`）",
      graph: "张量图，梯度已在其中（`src/graph/`）",
      program: "Program：融合后的循环核，共用一块内存（`src/compile/`）",
      trace: "第一步里每个带名字的值（`src/inspect/trace`）",
      run: "`step.run(3).metrics.loss`，由编译后的模块算出（`src/wasm/`）",
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(oneStepPages()))
    writeFileSync(new URL(`../${name}`, import.meta.url), text);
