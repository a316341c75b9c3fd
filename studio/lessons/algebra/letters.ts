/** How the lessons write their matrices: z₁ for the first layer's sums, dz₁ for its differential, ∇ for gradients. */
import { type Letter, letter } from "./expression.ts";

/** z, "1" → z₁. */
const indexed = (base: string, latex: string, index: number | string): Letter =>
  letter(`${base}${index}`, index === "" ? latex : `${latex}_{${index}}`);

type Index = number | string;

export const x = letter("x", "x");
export const y = letter("y", "y");
export const Y = letter("Y", "Y");
/** A column of ones, as high as the batch. */
export const ones = letter("ones", "\\mathbf{1}");
/** Number of examples. */
export const m = letter("m", "m");
export const lambda = letter("lambda", "\\lambda");
export const J = letter("J", "J");
export const dJ = letter("dJ", "\\mathrm{d}J");
export const h = letter("h", "h");

export const z = (l: Index = "") => indexed("z", "z", l);
export const a = (l: Index = "") => indexed("a", "a", l);
export const W = (l: Index = "") => indexed("W", "W", l);
export const b = (l: Index = "") => indexed("b", "b", l);
/** ∂J/∂z of layer l, one row for each example. */
export const delta = (l: Index = "") => indexed("delta", "\\delta", l);

/** The differential of a matrix. */
export const d = (of: Letter): Letter => letter(`d${of.name}`, `\\mathrm{d}${of.latex}`);
/** The gradient of J with respect to a matrix. */
export const nabla = (of: Letter): Letter => letter(`nabla${of.name}`, `\\nabla_{\\!${of.latex}}J`);
