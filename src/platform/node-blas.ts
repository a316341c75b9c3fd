/**
 * The system's BLAS for engines in Node: OpenBLAS, Intel MKL or Apple's Accelerate, called through the npm package
 * koffi on the engine's own memory, without a copy.
 *
 * Nothing else needs either, and neither is loaded before `nativeBlas` is called.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../tensor/errors.ts";
import { checkOptions, isWhole, type OptionTable } from "../tensor/options.ts";
import type { Blas } from "../wasm/blas.ts";
import { blasOf, type Foreign, type Library } from "./node-cblas.ts";

/** Which library, and how it is to work. */
export interface NativeBlasOptions {
  /** Name or path of the library; by default the first one found of those usual on this system. */
  readonly library?: string;
  /** Threads that OpenBLAS or MKL may use, in all engines of the process; by default it decides by itself. */
  readonly threads?: number;
}

const TABLE: OptionTable = {
  library: {
    expected: "library as the name or path of a BLAS library",
    accepts: (v) => typeof v === "string" && v !== "",
    cure: 'Give e.g. "libopenblas.so.0", or leave it out.',
  },
  threads: {
    expected: "threads as a whole number from 1 to 1024",
    accepts: (v) => isWhole(1)(v) && (v as number) <= 1024,
    cure: "Give the number of cores, or leave it out.",
  },
};

/** Products of fewer multiply-adds take longer to hand over than to compute; measured with OpenBLAS on x86-64. */
const FEWEST = 16_384;

/** Where to look, and what to do if there is nothing. */
interface System {
  readonly libraries: readonly string[];
  readonly install: string;
}

const LINUX: System = {
  libraries: ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so"],
  install: "Install OpenBLAS (Debian, Ubuntu: apt install libopenblas0; Fedora: dnf install openblas)",
};
const SYSTEMS: Readonly<Record<string, System>> = {
  darwin: {
    libraries: ["/System/Library/Frameworks/Accelerate.framework/Accelerate", "libopenblas.dylib"],
    install: "macOS comes with Accelerate; or install OpenBLAS (brew install openblas)",
  },
  win32: {
    libraries: ["mkl_rt.2.dll", "libopenblas.dll", "openblas.dll"],
    install: "Install Intel MKL or OpenBLAS and put its folder into PATH",
  },
};

/**
 * Opens the system's BLAS, to be given as `blas` to `createEngine`, `defineStep` or `sequential`. It then computes the
 * products of large matrices, several times as fast, and not to the same bits as other backends and machines:
 * `engine.blas` tells. Needs the npm package koffi.
 * @throws {UsageError} if koffi or a library is missing, or the library does not do what it should.
 * @example
 * const blas = nativeBlas({ threads: 2 });
 * const model = sequential([dense(10)], { inputShape: [784], blas });
 * model.state.engine.blas // "OpenBLAS 0.3.21 (Cooperlake)"
 */
export function nativeBlas(options: NativeBlasOptions = {}): Blas {
  checkOptions("nativeBlas", TABLE, options);
  return openBlas(koffi(), options, process.platform);
}

/** The same with a given way to call libraries, on a given system. */
export function openBlas(foreign: Foreign, { library, threads }: NativeBlasOptions, system: string): Blas {
  const { libraries, install } = SYSTEMS[system] ?? LINUX;
  const opened = firstOf(foreign, library === undefined ? libraries : [library], install);
  return blasOf(foreign, opened, FEWEST, threads);
}

function firstOf(foreign: Foreign, libraries: readonly string[], install: string): Library {
  for (const path of libraries)
    try {
      return foreign.load(path);
    } catch {
      // Not there; the next one or the message below.
    }
  throw new UsageError(
    `nativeBlas: expected a BLAS library, found none of ${libraries.join(", ")}. ${install}, or give the path of another: nativeBlas({ library: "path" }).`,
  );
}

/** The package, looked up from this file and from the current folder. */
function koffi(): Foreign {
  for (const base of [import.meta.url, pathToFileURL(join(process.cwd(), "index.js")).href])
    try {
      return createRequire(base)("koffi");
    } catch {
      // Not installed there, or not for this system; the next place or the message below.
    }
  throw new UsageError(
    'nativeBlas: expected the npm package koffi, which calls C libraries; it is not installed, or not for this system. Run "npm install koffi".',
  );
}
