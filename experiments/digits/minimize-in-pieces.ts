/**
 * Conjugate gradients that let timers, progress bars and Ctrl-C through.
 *
 * `conjugateGradient` does not wait. Its path depends on nothing but the numbers it is given, so it can be broken
 * off and begun again with all evaluations made so far given from a list: it comes to the same place to the bit.
 * Going over old ground costs some vector operations an evaluation, little beside an evaluation of 5,000 digits.
 */
import { conjugateGradient, type MinimizeOptions, type MinimizeResult } from "papergrad/minimize";

interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

class Break extends Error {}

/**
 * Minimises `objective` from `x0`; `pause` is awaited about every `pieceMs` milliseconds of new evaluations (0: after
 * each), up to half as often once going over the old ones takes longer than that. The callback of `options` is
 * called once an iteration, as ever.
 */
export async function minimizeInPieces(
  objective: (x: Float64Array) => Evaluation,
  x0: Float64Array,
  options: MinimizeOptions,
  pause: () => Promise<void>,
  pieceMs = 50,
): Promise<MinimizeResult> {
  const made: Evaluation[] = [];
  let told = 0;
  for (;;) {
    await pause();
    // The clock decides where a piece ends, never what is computed.
    const begin = performance.now();
    let [calls, fresh, end] = [0, 0, 0];
    const evaluate = (x: Float64Array): Evaluation => {
      const old = made[calls++];
      if (old) return old;
      const now = performance.now();
      if (fresh++ === 0) end = now + Math.max(pieceMs, Math.min(now - begin, 2 * pieceMs));
      else if (now >= end) throw new Break();
      const { value, gradient } = objective(x);
      const kept = { value, gradient: gradient.slice() };
      made.push(kept);
      return kept;
    };
    const callback: MinimizeOptions["callback"] = (x, value, iteration) => {
      if (iteration <= told) return false;
      told = iteration;
      return options.callback?.(x, value, iteration);
    };
    try {
      return conjugateGradient(evaluate, x0, { ...options, callback });
    } catch (error) {
      if (!(error instanceof Break)) throw error;
    }
  }
}
