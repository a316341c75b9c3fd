/**
 * The command line of the benchmark.
 */
import { parseArgs } from "node:util";
import { workloadNames } from "./workloads.ts";

export interface Options {
  readonly only: readonly string[];
  readonly systems: readonly string[];
  /** Paths of other Nodes to run papergrad on as well. */
  readonly nodes: readonly string[];
  readonly rounds: number;
  /** Seconds of one round of one system. */
  readonly seconds: number;
  readonly json: string | null;
  readonly from: string | null;
  readonly chart: boolean;
  readonly quick: boolean;
}

export const help = `npm run bench -- [options]

Measures papergrad and whatever peers are installed, side by side, and prints a table.

  --only NAMES      workloads, separated by commas: ${workloadNames.join(", ")}
  --systems NAMES   systems whose name contains one of these, separated by commas
  --node PATHS      papergrad's rows once more on these Nodes, separated by commas (Node 24 and later are faster)
  --rounds N        rounds of measurement; each round asks every system once (default 9)
  --quick           about two minutes: three short rounds of the rows that the table of targets compares, without
                    torch.compile and memory
  --json FILE       writes the results as JSON
  --from FILE       reads results written by --json and measures nothing
  --chart           rewrites the tables and the chart in docs/performance.md and docs/performance.zh-CN.md
  --help            this text

Peers: "npm run bench:peers" installs those in JavaScript into bench/peers/node_modules. Those in Python are looked
for in the interpreters named by PYTHON (several: separated by commas), default python3: each system takes the first
that has its packages. What is not there is listed as not measured.`;

const list = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((s) => s.trim())
    .filter((s) => s !== "");

/**
 * Options from the arguments; `null` if help is asked for.
 * @throws {Error} for an argument or a workload that is not known.
 */
export function parseOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      systems: { type: "string" },
      node: { type: "string" },
      rounds: { type: "string" },
      json: { type: "string" },
      from: { type: "string" },
      quick: { type: "boolean", default: false },
      chart: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const only = list(values.only);
  for (const name of only)
    if (!workloadNames.includes(name))
      throw new Error(`bench: --only: expected ${workloadNames.join(", ")}, received "${name}".`);
  const rounds = values.rounds === undefined ? (values.quick ? 3 : 9) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`bench: --rounds: expected a whole number ≥ 1, received "${values.rounds}".`);
  return {
    only,
    systems: list(values.systems),
    nodes: list(values.node),
    rounds,
    seconds: values.quick ? 0.05 : 0.25,
    json: values.json ?? null,
    from: values.from ?? null,
    chart: values.chart,
    quick: values.quick,
  };
}
