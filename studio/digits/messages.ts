/** What the page of the Digits room and its worker say to each other. */
import type { Text } from "../language.ts";
import type { Answer, DigitsSetting, Measured } from "./net.ts";

/** From the page. */
export type Ask =
  /** Get MNIST from the server; `base` is the folder of the page. */
  | { readonly type: "load"; readonly base: string }
  /** Read MNIST from files that a person picked. */
  | { readonly type: "pick"; readonly files: readonly File[] }
  /** Make a new network, at step 0. */
  | { readonly type: "build"; readonly setting: DigitsSetting; readonly threads: number }
  /** Train so many epochs, or what is left of them after a pause. */
  | { readonly type: "run"; readonly epochs: number }
  | { readonly type: "pause" }
  /** Answer a picture, now and after every piece of training, until another comes; null: none. */
  | { readonly type: "look"; readonly pixels: Uint8Array | null; readonly digit: number | null };

/** From the worker. */
export type Tell =
  | { readonly type: "bytes"; readonly received: number; readonly expected: number }
  | { readonly type: "missing"; readonly names: readonly string[] }
  | {
      readonly type: "loaded";
      readonly from: "cache" | "server" | "files";
      readonly trainPictures: number;
      readonly images: Uint8Array;
      readonly labels: Uint8Array;
    }
  | {
      readonly type: "built";
      readonly threads: number;
      readonly stepsPerEpoch: number;
      readonly parameters: number;
    }
  /** Losses of the steps after number `from`, and the seconds that training alone took. */
  | { readonly type: "steps"; readonly from: number; readonly losses: Float32Array; readonly seconds: number }
  | { readonly type: "measured"; readonly measured: Measured }
  /** Weights of the first layer, 784 for each unit. */
  | { readonly type: "weights"; readonly weights: Float32Array }
  | { readonly type: "answer"; readonly answer: Answer }
  | { readonly type: "ended"; readonly why: "paused" | "done" | "diverged" }
  | { readonly type: "failed"; readonly message: Text };
