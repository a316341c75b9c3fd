/**
 * What both workers of a race do: make a side ready, warm it up on a copy, then train in pieces and report the losses.
 *
 * The clock runs for the training alone. How long a piece is shows in no result.
 */
import type { Ask, Tell } from "./messages.ts";
import type { Runner } from "./runner.ts";
import type { TensorFlowBackend, Terms } from "./terms.ts";

/** Steps done on a network that is then thrown away, so that everything is compiled before the clock starts. */
export const WARM_UP = 30;
/** Milliseconds of training between two reports. */
const PIECE_MS = 100;

const tell = (message: Tell): void => self.postMessage(message);

/** Answers the page from now on. */
export function serve(prepare: (terms: Terms, backend: TensorFlowBackend) => Promise<Runner | null>): void {
  let runner: Runner | null = null;
  self.onmessage = async ({ data }: MessageEvent<Ask>) => {
    try {
      if (data.type === "prepare") {
        runner = await prepare(data.terms, data.backend);
        // A worker's clock starts with the worker, so loading its script counts.
        const seconds = performance.now() / 1000;
        await (await prepare(data.terms, data.backend))?.run(WARM_UP);
        tell(runner ? { type: "ready", name: runner.name, seconds } : { type: "missing" });
      } else if (runner !== null) await train(runner, data.steps);
    } catch (error) {
      tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function train(runner: Runner, steps: number): Promise<void> {
  let piece = 1;
  for (let done = 0; done < steps; ) {
    const began = performance.now();
    const losses = await runner.run(Math.min(piece, steps - done));
    const ms = performance.now() - began;
    tell({ type: "steps", from: done, losses, seconds: ms / 1000 });
    done += losses.length;
    if (losses.length === 0 || !Number.isFinite(losses.at(-1))) return tell({ type: "diverged" });
    if (ms < PIECE_MS / 2) piece *= 2;
    else if (ms > PIECE_MS * 2) piece = Math.max(1, piece >> 1);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  tell({ type: "finished", accuracy: runner.accuracy(), weights: runner.weights() });
}
