/** What only Node can do: the entry point `papergrad/node`. Re-exports only. */
export { type NativeBlasOptions, nativeBlas } from "./node-blas.ts";
export { loadDigitsMat, loadIrisCsv, loadMat } from "./node-data.ts";
export { gunzip, inflate, readBytes, readText } from "./node-files.ts";
export { loadMnist, type MnistOptions, readMnistFile } from "./node-mnist.ts";
