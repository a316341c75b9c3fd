/** What the page asks of Pencil's worker and what comes back: one call, one answer, in order. */

import type { ProgramName, Variant } from "../../experiments/types.ts";
import type * as asking from "../data/asking.ts";
import type { CheckedGradient, Sheet, SheetCell, SheetRequest } from "./session.ts";

/** The folder of the page, where MNIST lies. */
interface Based {
  readonly base: string;
}

export interface Calls {
  readonly sheet: { readonly ask: SheetRequest & Based; readonly answer: Sheet };
  readonly cell: {
    readonly ask: Based & {
      readonly variant: Variant;
      readonly label: string;
      readonly row: number;
      readonly col: number;
    };
    readonly answer: SheetCell;
  };
  readonly gradients: {
    readonly ask: Based & { readonly program: ProgramName; readonly variant: Variant };
    readonly answer: readonly CheckedGradient[];
  };
}

export type Call = asking.Ask<Calls>;
export type Reply = asking.Reply<Calls>;
