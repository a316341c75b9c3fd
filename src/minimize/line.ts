/**
 * A function of one number, φ(α) = f(x + α·d), as the line searches see it.
 *
 * `Line` is all a search needs, so searches are tested on plain functions; `Ray` is the line through an objective.
 */
import type { Evaluator } from "./evaluator.ts";
import { addScaled, dot } from "./vector.ts";

/** φ and φ′; a search asks for the value first and for the slope only where it needs it. */
export interface Line {
  value(step: number): number;
  slope(step: number): number;
}

/** One point of a line: α, φ(α), φ′(α). */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** Where a search begins: φ(0), φ′(0) and the first step to try. */
export interface SearchStart {
  readonly value: number;
  readonly slope: number;
  readonly firstStep: number;
}

/** The strong Wolfe conditions' two constants, 0 < c1 < c2 < 1. */
export interface WolfeConstants {
  readonly c1: number;
  readonly c2: number;
}

/** The step a search settled on and φ there. */
export interface FoundStep {
  readonly step: number;
  readonly value: number;
}

/** φ(α) = f(x + α·d); points and gradients can be asked for as well. */
export class Ray implements Line {
  readonly #f: Evaluator;
  readonly #origin: Float64Array;
  readonly #direction: Float64Array;
  #step = Number.NaN;
  #point: Float64Array = new Float64Array(0);

  constructor(f: Evaluator, origin: Float64Array, direction: Float64Array) {
    this.#f = f;
    this.#origin = origin;
    this.#direction = direction;
  }

  /** x + α·d; do not change it. */
  point(step: number): Float64Array {
    if (step !== this.#step) {
      this.#point = addScaled(this.#origin, step, this.#direction);
      this.#step = step;
    }
    return this.#point;
  }

  value(step: number): number {
    return this.#f.value(this.point(step));
  }

  gradient(step: number): Float64Array {
    return this.#f.gradient(this.point(step));
  }

  slope(step: number): number {
    return dot(this.gradient(step), this.#direction);
  }
}
