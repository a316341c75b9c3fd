/** What the page asks of Pencil's worker and what comes back: one call, one answer, in order. */
import type { ProgramName, Variant } from "../../experiments/types.ts";
import type { Text } from "../language.ts";
import type { CheckedGradient, Sheet, SheetCell, SheetRequest } from "./session.ts";

export interface Calls {
  readonly sheet: { readonly ask: SheetRequest; readonly answer: Sheet };
  readonly cell: {
    readonly ask: {
      readonly variant: Variant;
      readonly label: string;
      readonly row: number;
      readonly col: number;
    };
    readonly answer: SheetCell;
  };
  readonly gradients: {
    readonly ask: { readonly program: ProgramName; readonly variant: Variant };
    readonly answer: readonly CheckedGradient[];
  };
}

export type CallName = keyof Calls;

/** A call on its way; `base` is the folder of the page, where MNIST lies. */
export type Call = {
  [N in CallName]: {
    readonly id: number;
    readonly base: string;
    readonly name: N;
    readonly ask: Calls[N]["ask"];
  };
}[CallName];

export type Reply =
  | { readonly id: number; readonly answer: Calls[CallName]["answer"] }
  | { readonly id: number; readonly problem: Text };
