/**
 * Puts functions together to a WebAssembly module with one imported memory ("env"."memory"), which threads may
 * share, and with imported functions if it needs any.
 *
 * Functions are declared first and written in any order, so that one may call another that has no body yet.
 * A "name" section lets profilers show the functions by name.
 */
import { FunctionBuilder, type FunctionRef } from "./assembler.ts";
import { ByteWriter, MODULE_HEADER } from "./encode.ts";
import { typeByte, type ValueType } from "./instructions.ts";

/** Pages of 64 KiB that a memory can have. */
export const MOST_PAGES = 65_536;

/** The module under construction. */
export class ModuleBuilder {
  private readonly functions: FunctionRef[] = [];
  /** Those that come first are imported and have no body. */
  private imported = 0;
  private readonly bodies: ByteWriter[] = [];
  private readonly exported: { readonly name: string; readonly index: number }[] = [];

  private readonly shared: boolean;

  constructor({ shared = false } = {}) {
    this.shared = shared;
  }

  /** A function that the module is given as "env".name; before any other is declared. */
  import(name: string, params: readonly ValueType[], results: readonly ValueType[]): FunctionRef {
    this.imported++;
    return this.declare(name, params, results);
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
    this.bodies[ref.index - this.imported] = builder.finish();
  }

  export(ref: FunctionRef): void {
    this.exported.push({ name: ref.name, index: ref.index });
  }

  build(): Uint8Array<ArrayBuffer> {
    const { functions, bodies, exported } = this;
    const signatures = vector(functions, (to, { params, results }) => {
      to.byte(0x60);
      for (const types of [params, results]) {
        to.unsigned(types.length);
        for (const type of types) to.byte(typeByte[type]);
      }
    });
    const given = functions.slice(0, this.imported);
    const imports = new ByteWriter(32)
      .unsigned(1 + given.length)
      .text("env")
      .text("memory")
      .byte(0x02);
    // At least one page; a shared memory says how many it has at most.
    if (this.shared) imports.byte(0x03).unsigned(1).unsigned(MOST_PAGES);
    else imports.byte(0x00).unsigned(1);
    for (const { name, index } of given) imports.text("env").text(name).byte(0x00).unsigned(index);
    const types = vector(functions.slice(given.length), (to, { index }) => to.unsigned(index));
    const exports = vector(exported, (to, { name, index }) => to.text(name).byte(0x00).unsigned(index));
    const code = vector(bodies, (to, body) => to.sized(body));
    const functionNames = vector(functions, (to, { index, name }) => to.unsigned(index).text(name));
    const names = new ByteWriter(functionNames.length + 16).text("name").byte(0x01).sized(functionNames);
    return new ByteWriter(code.length + names.length + 1024)
      .bytes(MODULE_HEADER)
      .section(1, signatures)
      .section(2, imports)
      .section(3, types)
      .section(7, exports)
      .section(10, code)
      .section(0, names)
      .view()
      .slice();
  }
}

/** A vector: the number of items, then the items. */
function vector<T>(items: readonly T[], write: (to: ByteWriter, item: T) => void): ByteWriter {
  const to = new ByteWriter().unsigned(items.length);
  for (const item of items) write(to, item);
  return to;
}
