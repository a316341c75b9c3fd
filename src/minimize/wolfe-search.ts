/**
 * The line search of both minimisers: Moré–Thuente first, bracketing and zooming where that fails.
 *
 * Source: the pair of searches that SciPy's `fmin_cg` and `fmin_bfgs` use, in their order.
 */
import type { FoundStep, Line, SearchStart, WolfeConstants } from "./line.ts";
import { moreThuente } from "./more-thuente.ts";
import { strongWolfe } from "./strong-wolfe.ts";

/** The step found, or undefined if both searches fail. `accept` is a further condition on the step. */
export function wolfeSearch(
  line: Line,
  start: SearchStart,
  constants: WolfeConstants,
  accept: (step: number) => boolean = () => true,
): FoundStep | undefined {
  const found = moreThuente(line, start, constants);
  if (found && accept(found.step)) return found;
  return strongWolfe(line, start, { ...constants, accept });
}
