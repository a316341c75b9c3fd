/** A kit that counts how many instructions a function asks for; constants are free. */
import { type ElementaryName, elementary } from "../../src/math/functions.ts";
import type { MathKit } from "../../src/math/kit.ts";
import { numberKit } from "../../src/math/number-kit.ts";
import type { DType } from "../../src/tensor/tensor.ts";

/** Operations of one evaluation; the same for every x, because nothing branches. */
export function countOperations(name: ElementaryName, dtype: DType, x = 0.75): number {
  let count = 0;
  const plain = numberKit(dtype);
  const counted = Object.fromEntries(
    Object.entries(plain).map(([key, member]) => [
      key,
      typeof member !== "function" || key === "constant"
        ? member
        : (...operands: number[]) => {
            count += 1;
            return (member as (...a: number[]) => unknown)(...operands);
          },
    ]),
  ) as unknown as MathKit<number, boolean>;
  elementary[name](counted, x);
  return count;
}
