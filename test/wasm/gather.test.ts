/** The gather kernel against the interpreter, to the bit. */
import { describe, it } from "vitest";
import { Arena, bytesOf, expectSameBits, programOf } from "./harness.ts";
import { dtypes } from "./samples.ts";

describe.each(dtypes)("gather, %s", (dtype) => {
  it.each(["uint8", "same"] as const)(
    "copies rows of a %s table, around the end of the row numbers",
    (kind) => {
      for (const [rows, cols] of [
        [1, 1],
        [4, 2],
        [5, 13],
        [3, 200],
        [17, 3],
      ] as const) {
        const arena = new Arena(dtype);
        const tableRows = 19;
        const tableBytes = tableRows * cols * (kind === "uint8" ? 1 : bytesOf(dtype));
        const table = {
          byteOffset: arena.take(tableBytes),
          rows: tableRows,
          dtype: kind === "uint8" ? "uint8" : dtype,
        } as const;
        const length = 23;
        const index = { byteOffset: arena.take(length * 4), length };
        const out = arena.matrix(rows, cols, { extra: 1 });
        const program = programOf(arena, [{ kind: "gather", name: "x", rows, cols, table, index, out }]);
        const prepare = (memory: WebAssembly.Memory) =>
          new Int32Array(memory.buffer, index.byteOffset, length).set(
            Array.from({ length }, (_, i) => (i * 7) % tableRows),
          );
        expectSameBits(program, { prepare, steps: 4 });
        expectSameBits(program, { prepare, first: 2_000_000_000, steps: 3 });
      }
    },
  );
});
