/**
 * A koffi and a C library made of JavaScript: buffers get addresses, and cblas functions compute on them what their
 * definition says. Products are rounded and added in the order of the interpreter, so its bits are the same.
 */
import type { Foreign } from "../../src/platform/node-cblas.ts";

/** Every buffer that has been asked for begins at a multiple of this. */
const SPACE = 2 ** 40;

type Type = typeof Float32Array | typeof Float64Array;

export interface FakeKoffi extends Foreign {
  /** Names of the functions called, in order, with their arguments. */
  readonly calls: { readonly name: string; readonly args: readonly number[] }[];
  /** What was asked for with `load`. */
  readonly tried: string[];
}

/** `libraries`: names that can be loaded, with the functions of theirs that return a value or do nothing. */
export function fakeKoffi(
  libraries: Readonly<Record<string, Readonly<Record<string, () => unknown>>>>,
  wrong = false,
): FakeKoffi {
  const buffers: ArrayBuffer[] = [];
  const calls: { name: string; args: number[] }[] = [];
  const tried: string[] = [];
  /** Element number i of the matrix at an address. */
  const matrix = (T: Type, address: number) => {
    const buffer = buffers[Math.floor(address / SPACE)]!;
    if (buffer.byteLength === 0) throw new Error("the buffer is gone: its memory has grown");
    return new T(buffer, address % SPACE);
  };
  const products: Record<string, (T: Type, args: readonly number[]) => void> = {
    gemm(T, [order, tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc]: readonly number[]) {
      if (order !== 101 || alpha !== 1 || beta !== 0) throw new Error("unexpected order, alpha or beta");
      const [A, B, C] = [matrix(T, a!), matrix(T, b!), matrix(T, c!)];
      checkStride(lda!, tA === 111 ? k! : m!);
      checkStride(ldb!, tB === 111 ? n! : k!);
      checkStride(ldc!, n!);
      for (let i = 0; i < m!; i++)
        for (let j = 0; j < n!; j++) {
          const sum = new T(2);
          for (let p = 0; p < k!; p++) {
            const x = A[tA === 111 ? i * lda! + p : p * lda! + i]!;
            const y = B[tB === 111 ? p * ldb! + j : j * ldb! + p]!;
            sum[1] = x * y;
            sum[0] = sum[0]! + sum[1]!;
          }
          C[i * ldc! + j] = wrong ? 0 : sum[0]!;
        }
    },
    gemv(T, [order, tA, rows, cols, alpha, a, lda, x, incx, beta, y, incy]: readonly number[]) {
      if (order !== 101 || alpha !== 1 || beta !== 0) throw new Error("unexpected order, alpha or beta");
      const [A, X, Y] = [matrix(T, a!), matrix(T, x!), matrix(T, y!)];
      checkStride(lda!, cols!);
      const [m, k] = tA === 111 ? [rows!, cols!] : [cols!, rows!];
      for (let i = 0; i < m; i++) {
        const sum = new T(2);
        for (let p = 0; p < k; p++) {
          sum[1] = A[tA === 111 ? i * lda! + p : p * lda! + i]! * X[p * incx!]!;
          sum[0] = sum[0]! + sum[1]!;
        }
        Y[i * incy!] = sum[0]!;
      }
    },
  };
  return {
    calls,
    tried,
    address(buffer) {
      const at = buffers.indexOf(buffer);
      return BigInt(SPACE) * BigInt(at >= 0 ? at : buffers.push(buffer) - 1);
    },
    load(path) {
      tried.push(path);
      const functions = libraries[path];
      if (!functions) throw new Error("Failed to load shared library");
      return {
        func(declaration) {
          const name = /(\w+)\(/.exec(declaration)![1]!;
          const [, letter, kind] = /^cblas_([sd])(gemm|gemv)$/.exec(name) ?? [];
          const product = kind !== undefined && !("no cblas" in functions) ? products[kind]! : null;
          const run = product ?? functions[name];
          if (!run) throw new Error(`Cannot find function '${name}' in shared library`);
          return (...args) => {
            calls.push({ name, args });
            return product ? product(letter === "s" ? Float32Array : Float64Array, args) : functions[name]!();
          };
        },
      };
    },
  };
}

function checkStride(stride: number, least: number): void {
  if (stride < least) throw new Error(`a leading dimension of ${stride} for lines of ${least}`);
}
