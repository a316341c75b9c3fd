/**
 * The golden iris run again, in float64 from its own start, and what one ulp at the start does to it.
 *
 * The run is chaotic: rounding differences grow about a millionfold between step 2,000 and step 5,000 and then
 * stay at the size of the training noise. So the first 2,000 steps are compared number by number; after that the
 * fair question is whether we differ from NumPy by no more than two runs of ours differ from each other.
 */
import { RandomState } from "papergrad";
import golden from "../golden/iris.json" with { type: "json" };
import { agreement, digits } from "../shared/agreement.ts";
import type { Pacer } from "../shared/pacer.ts";
import type { Agreement, RunOptions, Variant } from "../types.ts";
import { inOrder, irisEngine, type Start, type Training, train } from "./net.ts";

interface GoldenCase {
  readonly variant: string;
  readonly losses: Readonly<Record<string, number>>;
  readonly best: {
    readonly train_accuracy: number;
    readonly test_accuracy: number;
    readonly iteration: number;
  };
  readonly sens: { readonly losses: Readonly<Record<string, number>> };
}

export const goldenCase = (variant: Variant): GoldenCase =>
  (golden.cases as readonly GoldenCase[]).find(
    (c) => c.variant === (variant === "published" ? "as_published" : "corrected"),
  )!;

/** Last step (from 0) that is compared number by number. */
export const LAST_TIGHT = 1999;

/** The golden file's own flowers (Fisher's) and weights. */
export function goldenStart(): Start {
  const values = golden.layers0.flatMap(({ w, b }) => [
    Float64Array.from(w.flat()),
    Float64Array.from(b.flat()),
  ]);
  return { ...inOrder(golden.order, "fisher"), values };
}

/** Every number moved to its neighbour, up or down at random. */
export function nudged(values: Start["values"]): Float64Array[] {
  const random = new RandomState(0);
  return values.map((array) => {
    const moved = Float64Array.from(array);
    const bits = new BigInt64Array(moved.buffer);
    for (let i = 0; i < bits.length; i++) if (moved[i] !== 0) bits[i]! += random.below(1) === 0 ? 1n : -1n;
    return moved;
  });
}

export interface Replay {
  readonly agreement: Agreement;
  readonly ours: Training;
  /** The same run from a start moved by one ulp. */
  readonly nudged: Training;
}

export async function replay(
  options: Pick<RunOptions, "variant" | "backend" | "progress">,
  pace: Pacer,
): Promise<Replay> {
  const { variant } = options;
  const expected = goldenCase(variant);
  const net = irisEngine(variant, { backend: options.backend, dtype: "float64" });
  const from = goldenStart();
  const run = (start: Start, stage: string) =>
    train(net, start, pace, (done, loss, accuracy) =>
      options.progress({ stage, done, total: 10_000, loss, accuracy }),
    );
  const ours = await run(from, "replay iris");
  const moved = await run({ ...from, values: nudged(from.values) }, "replay iris, start moved by one ulp");
  const tight = Object.keys(expected.losses).filter((step) => Number(step) <= LAST_TIGHT);
  // Each loss within its own sensitivity; the digits are those of the losses as one array.
  const digitsOfAll = digits(
    tight.map((step) => ours.losses[Number(step)]!),
    tight.map((step) => expected.losses[step]!),
  );
  return {
    ours,
    nudged: moved,
    agreement: {
      ...agreement(
        `iris.json ${expected.variant}`,
        tight.map((step) => ({
          ours: [ours.losses[Number(step)]!],
          golden: [expected.losses[step]!],
          sensitivity: expected.sens.losses[step]!,
        })),
      ),
      digits: digitsOfAll,
      note: {
        en: "Losses of the first 2,000 steps; later the run is chaotic, see the picture of differences.",
        zh: "前 2,000 步的损失；此后训练过程是混沌的，参见差异图。",
      },
    },
  };
}
