/**
 * Puts functions together to a WebAssembly module with one imported memory ("env"."memory"), which threads may
 * share.
 *
 * Functions are declared first and written in any order, so that one may call another that has no body yet.
 * A "name" section lets profilers show the functions by name.
 */
import { FunctionBuilder, type FunctionRef } from "./assembler.ts";
import { section, sized, text, unsigned, vector } from "./encode.ts";
import { typeByte, type ValueType } from "./instructions.ts";

/** Pages of 64 KiB that a memory can have. */
export const MOST_PAGES = 65_536;

/** The module under construction. */
export class ModuleBuilder {
  private readonly functions: FunctionRef[] = [];
  private readonly bodies: number[][] = [];
  private readonly exported: { readonly name: string; readonly index: number }[] = [];

  private readonly shared: boolean;

  constructor({ shared = false } = {}) {
    this.shared = shared;
  }

  declare(name: string, params: readonly ValueType[], results: readonly ValueType[]): FunctionRef {
    const ref = { index: this.functions.length, name, params, results };
    this.functions.push(ref);
    return ref;
  }

  /** Writes the body of a declared function. */
  define(ref: FunctionRef, write: (f: FunctionBuilder) => void): void {
    const builder = new FunctionBuilder(ref);
    write(builder);
    this.bodies[ref.index] = builder.finish();
  }

  export(ref: FunctionRef): void {
    this.exported.push({ name: ref.name, index: ref.index });
  }

  build(): Uint8Array<ArrayBuffer> {
    const signature = ({ params, results }: FunctionRef) => [
      0x60,
      ...vector(params.map((type) => [typeByte[type]])),
      ...vector(results.map((type) => [typeByte[type]])),
    ];
    // At least one page; a shared memory says how many it has at most.
    const limits = this.shared ? [0x03, ...unsigned(1), ...unsigned(MOST_PAGES)] : [0x00, ...unsigned(1)];
    const memoryImport = [...text("env"), ...text("memory"), 0x02, ...limits];
    const names = vector(this.functions.map(({ index, name }) => [...unsigned(index), ...text(name)]));
    const exported = this.exported.map(({ name, index }) => [...text(name), 0x00, ...unsigned(index)]);
    // Tens of thousands of numbers: `concat` copies them at once, spreading goes through an iterator.
    const bytes = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
      section(1, vector(this.functions.map(signature))),
      section(2, vector([memoryImport])),
      section(3, vector(this.functions.map(({ index }) => unsigned(index)))),
      section(7, vector(exported)),
      section(10, vector(this.bodies)),
      section(0, [...text("name"), 0x01, ...sized(names)]),
    );
    return new Uint8Array(bytes);
  }
}
