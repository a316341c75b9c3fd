/** The system's BLAS for the rows of papergrad that use one. */
import type { Blas } from "papergrad/engine";
import { nativeBlas } from "papergrad/node";

/** Opens it, or says why there is none. */
export function findBlas(threads: number): Blas | string {
  try {
    return nativeBlas({ threads });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
