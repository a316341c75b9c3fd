/** What the page asks of Pencil's worker and what comes back: one call, one answer, in order. */
import type { ProgramName, Variant } from "../../experiments/types.ts";
import type { Text } from "../language.ts";
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

/** A call on its way. */
export type Call = {
  [N in keyof Calls]: { readonly id: number; readonly name: N; readonly ask: Calls[N]["ask"] };
}[keyof Calls];

export type Reply =
  | { readonly id: number; readonly answer: Calls[keyof Calls]["answer"] }
  | { readonly id: number; readonly refused: Text };
