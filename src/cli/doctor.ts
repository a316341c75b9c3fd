/**
 * `papergrad doctor`: trains a program, or a network on a table, for a while and reports what the doctor of
 * papergrad/inspect finds.
 */
import { standardize } from "../data/index.ts";
import {
  ACTIVATIONS,
  type ActivationName,
  dense,
  type Model,
  NotFiniteError,
  OPTIMIZERS,
  type OptimizerName,
  sequential,
} from "../index.ts";
import { doctor as examine, type Finding, watch } from "../inspect/index.ts";
import { type Context, say } from "./context.ts";
import { readTable, type TrainingTable } from "./doctor-table.ts";
import { findingsText } from "./doctor-text.ts";
import type { Words } from "./language.ts";
import { loss as lossText } from "./numbers.ts";
import { type Given, mistake } from "./parse.ts";
import { INTERRUPTED } from "./reproduce.ts";
import { choice, decimal, integer, list, programs, SEEDS } from "./values.ts";

/** What was trained and found. */
interface Examined {
  readonly subject: string;
  /** What was trained, in a line. */
  readonly about: Words;
  readonly losses: readonly number[];
  readonly findings: readonly Finding[];
  /** Lines of the file that the rows come from. */
  readonly lines: readonly number[] | null;
  readonly interrupted: boolean;
}

/** Runs the command. @returns 1 if there is an error among the findings, 130 after Ctrl-C, else 0. */
export async function doctor(given: Given, context: Context): Promise<number> {
  const [subject, second] = given.positionals;
  if (subject === undefined || second !== undefined)
    mistake(context.language, {
      en: `doctor: expected one program (${context.library.names.join(", ")}) or a CSV file, received ${second === undefined ? "none" : given.positionals.length}. See papergrad doctor --help.`,
      zh: `doctor：需要一个程序名（${context.library.names.join("、")}）或一个 CSV 文件，但收到 ${given.positionals.length} 个。请看 papergrad doctor --help。`,
    });
  const isFile = /[./\\]/.test(subject);
  const examined = await (isFile ? examineTable : examineProgram)(subject, given, context);
  context.out(given.options.json === true ? json(examined) : text(examined, context));
  if (examined.interrupted) return INTERRUPTED;
  return examined.findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function json({ subject, about, losses, findings, lines }: Examined): string {
  return `${JSON.stringify({ subject, about: about.en, losses, findings, ...(lines && { lines }) }, null, 2)}\n`;
}

function text({ about, losses, findings, lines }: Examined, context: Context): string {
  const [first, last] = [losses[0], losses.at(-1)];
  const course =
    first === undefined || last === undefined
      ? ""
      : say(context, {
          en: `; loss ${lossText(first)} → ${lossText(last)}`,
          zh: `；损失 ${lossText(first)} → ${lossText(last)}`,
        });
  return `${say(context, about)}${course}\n\n${findingsText(context, findings, lines)}`;
}

async function examineProgram(name: string, given: Given, context: Context): Promise<Examined> {
  const { language, library } = context;
  const program = programs([name], library.names, language)[0]!;
  const variant = choice(given, "variant", ["published", "derived"], "derived", language);
  const steps = integer(given, "steps", { min: 1 }, language) ?? 1000;
  const seed = integer(given, "seed", SEEDS, language);
  const experiment = await library.load(program);
  const dtype = experiment.defaultDtype;
  const entry = await experiment.prepare(variant, {
    backend: "wasm",
    dtype,
    ...(seed !== undefined && { seed }),
  });
  const { losses, steps: done } = watch(entry, steps);
  return {
    subject: program,
    about: {
      en: `${program}, ${variant}, seed ${seed ?? experiment.defaultSeed}: ${done} steps`,
      zh: `${program}，${variant}，种子 ${seed ?? experiment.defaultSeed}：${done} 步`,
    },
    losses,
    findings: examine(entry, { losses }),
    lines: null,
    interrupted: false,
  };
}

async function examineTable(path: string, given: Given, context: Context): Promise<Examined> {
  const { language } = context;
  const target = textOf(given, "target") ?? "last";
  const drop = textOf(given, "drop")?.split(",") ?? [];
  const table = readTable(path, { target, drop }, language);
  const testPath = textOf(given, "test");
  const test =
    testPath === undefined
      ? undefined
      : readTable(testPath, { target: table.target, drop, like: table }, language);
  const optimizer = OPTIMIZERS[
    choice(given, "optimizer", Object.keys(OPTIMIZERS) as OptimizerName[], "adam", language)
  ]({ learningRate: decimal(given, "learning-rate", language) ?? 0.01 });
  const model = networkFor(table, given, context);
  const x =
    given.options.scale === true && table.x.data.every(Number.isFinite) ? standardize(table.x).x : table.x;
  const setting = { optimizer, columns: table.columns, ...(test && { test: { x: test.x, y: test.y } }) };

  // Data that cannot be trained on are all there is to say.
  const spoilt = examine(model, x, table.y, setting).filter(
    ({ kind, where }) => where.data !== undefined && (kind === "not-finite" || kind === "labels-outside"),
  );
  const losses: number[] = [];
  const testLosses: number[] = [];
  const control = new AbortController();
  const release = context.onInterrupt(() => control.abort());
  let failure: NotFiniteError | undefined;
  if (spoilt.length === 0)
    await model
      .fit(x, table.y, {
        optimizer,
        epochs: integer(given, "epochs", { min: 1 }, language) ?? 50,
        batchSize: integer(given, "batch-size", { min: 1 }, language) ?? 32,
        signal: control.signal,
        ...(test && { validationData: { x: test.x, y: test.y } }),
        callbacks: [
          {
            onEpochEnd({ values }) {
              losses.push(values.loss!);
              if (values.valLoss !== undefined) testLosses.push(values.valLoss);
            },
          },
        ],
      })
      .catch((error: unknown) => {
        if (!(error instanceof NotFiniteError)) throw error;
        failure = error;
      });
  release();
  return {
    subject: path,
    about: aboutTable(path, table, model),
    losses,
    findings:
      spoilt.length > 0 ? spoilt : examine(model, x, table.y, { ...setting, losses, testLosses, failure }),
    lines: table.lines,
    interrupted: control.signal.aborted,
  };
}

/** Hidden layers as asked for, and an output for the target: a sigmoid, a softmax, or a number. */
function networkFor(table: TrainingTable, given: Given, { language }: Context): Model {
  const activation = choice(
    given,
    "activation",
    Object.keys(ACTIVATIONS) as ActivationName[],
    "relu",
    language,
  );
  const hidden = list(given, "layers", language) ?? [16, 8];
  const classes = table.classes?.length;
  const last =
    classes === undefined
      ? dense(1)
      : classes > 2
        ? dense(classes, { activation: "softmax" })
        : dense(1, { activation: "sigmoid" });
  return sequential([...hidden.map((units) => dense(units, { activation })), last], {
    inputShape: [table.x.shape[1]],
    seed: integer(given, "seed", SEEDS, language) ?? 0,
  });
}

function aboutTable(path: string, { x, classes, target }: TrainingTable, { network }: Model): Words {
  const widths = [network.inputs, ...network.layers.map(({ plan }) => plan.outputs)].join("-");
  const [rows, columns] = x.shape;
  return {
    en: `${path}: ${rows} rows, ${columns} inputs, target ${target}${classes ? ` (${classes.length} classes)` : ""}; network ${widths}`,
    zh: `${path}：${rows} 行，${columns} 个输入，目标列 ${target}${classes ? `（${classes.length} 类）` : ""}；网络 ${widths}`,
  };
}

const textOf = ({ options }: Given, name: string): string | undefined =>
  typeof options[name] === "string" ? options[name] : undefined;
