/**
 * `papergrad check`: every gradient beside central differences, worst relative error first.
 *
 * A derived gradient must be right; a published one may be wrong where an erratum says so.
 */
import { gradientErrata } from "../../experiments/shared/errata-list.ts";
import type { ProgramName, Variant } from "../../experiments/types.ts";
import { backendByName } from "../engine.ts";
import { checkGradients, type GradientCheck, type GradientRow } from "../inspect/index.ts";
import { type Context, say } from "./context.ts";
import type { Given } from "./parse.ts";
import { textTable } from "./table.ts";
import { choice, programs, variants } from "./values.ts";

/** Relative error below which a gradient counts as right. */
export const TOLERANCE = 1e-7;
/** Entries checked of each parameter, and rows shown without `--all`. */
const SAMPLES = 200;
const SHOWN = 10;

/** Runs the command. @returns 1 if a derived gradient is wrong, or a published one without an erratum; else 0. */
export async function check(given: Given, context: Context): Promise<number> {
  const { language } = context;
  const names = programs(given.positionals, context.library.names, language);
  const which = variants(given, language);
  const backend = backendByName(choice(given, "backend", ["wasm", "interpreter"], "wasm", language));
  let right = true;
  for (const name of names) {
    const experiment = await context.library.load(name);
    for (const variant of which) {
      const problem = await experiment.gradientProblem(variant);
      const found = checkGradients(problem, { samples: SAMPLES, backend });
      const verdict = judge(name, variant, found);
      right &&= verdict.expected;
      context.out(`${heading(context, name, variant, found)}\n`);
      context.out(rowsTable(context, given.options.all === true ? found.rows : found.rows.slice(0, SHOWN)));
      context.out(`${left(context, found, given.options.all === true)}${say(context, verdict.text)}\n\n`);
    }
  }
  return right ? 0 : 1;
}

interface Verdict {
  readonly expected: boolean;
  readonly text: { readonly en: string; readonly zh: string };
}

/** Right, wrong as an erratum says, or wrong. */
export function judge(name: ProgramName, variant: Variant, { worst, rows }: GradientCheck): Verdict {
  const error = worst.toExponential(1);
  if (rows.every(({ kink }) => kink))
    return {
      expected: false,
      text: { en: "✗ nothing could be checked", zh: "✗ 没有可检查的项" },
    };
  if (worst < TOLERANCE)
    return {
      expected: true,
      text: {
        en: `✓ ${variant}: OK, worst relative error ${error}`,
        zh: `✓ ${variant}：正确，最大相对误差 ${error}`,
      },
    };
  const errata = variant === "published" ? gradientErrata[name] : [];
  if (errata.length > 0)
    return {
      expected: true,
      text: {
        en: `≠ ${variant}: differs (expected: erratum ${errata.join(", ")}), worst relative error ${error}`,
        zh: `≠ ${variant}：不一致（在意料之中：勘误 ${errata.join("、")}），最大相对误差 ${error}`,
      },
    };
  return {
    expected: false,
    text: {
      en: `✗ ${variant}: WRONG, worst relative error ${error}, expected below ${TOLERANCE}`,
      zh: `✗ ${variant}：错误，最大相对误差 ${error}，应小于 ${TOLERANCE}`,
    },
  };
}

function heading(context: Context, name: ProgramName, variant: Variant, found: GradientCheck): string {
  // The problem's own name often begins with the program's.
  const about = found.name.replace(new RegExp(`^${name}(, ${variant})?[,:]? *`), "");
  const start = [name, variant, ...(about === "" ? [] : [about])].join(" · ");
  return say(context, {
    en: `${start} (${found.rows.length} of ${found.entries} entries checked)`,
    zh: `${start}（检查了 ${found.entries} 项中的 ${found.rows.length} 项）`,
  });
}

function rowsTable(context: Context, rows: readonly GradientRow[]): string {
  const kinks = rows.some(({ kink }) => kink);
  return textTable(
    [
      { head: say(context, { en: "entry", zh: "项" }) },
      { head: say(context, { en: "analytic", zh: "解析梯度" }), align: "right" },
      { head: say(context, { en: "numeric", zh: "数值梯度" }), align: "right" },
      { head: say(context, { en: "relative error", zh: "相对误差" }), align: "right" },
      ...(kinks ? [{ head: say(context, { en: "note", zh: "说明" }) }] : []),
    ],
    rows.map(({ parameter, row, col, analytic, numeric, relativeError, kink }) => [
      `${parameter}[${row},${col}]`,
      analytic.toExponential(9),
      numeric.toExponential(9),
      relativeError.toExponential(1),
      kink ? say(context, { en: "at a kink, not counted", zh: "位于折点，不计" }) : "",
    ]),
    context.columns,
  );
}

/** Says how many rows are not shown. */
function left(context: Context, { rows }: GradientCheck, all: boolean): string {
  const rest = rows.length - SHOWN;
  if (all || rest <= 0) return "";
  return say(context, {
    en: `… ${rest} more with smaller errors; --all shows them\n`,
    zh: `…… 另有 ${rest} 项误差更小；加 --all 全部显示\n`,
  });
}
