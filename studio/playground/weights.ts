/** The trained numbers of a run by layer and unit, and their places in the flat vector that edits go by. */
import type { About, Frame } from "../train/protocol.ts";

/** Kernel and bias of each layer; shapes [inputs, units] and [units]. */
export interface LayerWeights {
  readonly kernel: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
  readonly kernelOffset: number;
  readonly biasOffset: number;
  readonly inputs: number;
  readonly units: number;
}

/** The layers of a run after its inputs. */
export function layersOf(about: About, parameters: Frame["parameters"]): LayerWeights[] {
  const of = (name: string) => about.weights.filter(({ path }) => path.endsWith(`/${name}`));
  const biases = of("bias");
  return of("kernel").map(({ offset, shape: [inputs, units] }, l) => ({
    inputs,
    units,
    kernel: parameters.subarray(offset, offset + inputs * units),
    bias: parameters.subarray(biases[l]!.offset, biases[l]!.offset + units),
    kernelOffset: offset,
    biasOffset: biases[l]!.offset,
  }));
}

/** Place of the weight from an input to a unit in the flat vector. */
export const kernelIndex = ({ kernelOffset, units }: LayerWeights, from: number, to: number): number =>
  kernelOffset + from * units + to;
