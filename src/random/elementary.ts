/**
 * The elementary functions that random draws and generated data use: papergrad's own in float64.
 *
 * They are not the engine's (`Math.log` and its kin may differ from one engine to the next), so a seed gives
 * the same bits in Node and in every browser.
 */
import { exp as kitExp } from "../math/exp.ts";
import { log as kitLog } from "../math/log.ts";
import { numberKit } from "../math/number-kit.ts";
import { cos as kitCos, sin as kitSin } from "../math/sin-cos.ts";

const kit = numberKit("float64");

/** Natural logarithm. */
export const log = (x: number): number => kitLog(kit, x);
/** eˣ. */
export const exp = (x: number): number => kitExp(kit, x);
/** Sine of x radians. */
export const sin = (x: number): number => kitSin(kit, x);
/** Cosine of x radians. */
export const cos = (x: number): number => kitCos(kit, x);
