/**
 * The nine programs of the tutorials by name. Each is loaded when it is asked for, with what it needs.
 */
import type { Experiment, ProgramName } from "./types.ts";

const LOADERS: Readonly<Record<ProgramName, () => Promise<Experiment>>> = {
  and: async () => (await import("./and/index.ts")).and,
  or: async () => (await import("./or/index.ts")).or,
  not: async () => (await import("./not/index.ts")).not,
  xor: async () => (await import("./xor/index.ts")).xor,
  iris: async () => (await import("./iris/index.ts")).iris,
  mnist: async () => (await import("./mnist/index.ts")).mnist,
  moons: async () => (await import("./moons/index.ts")).moons,
  digits: async () => (await import("./digits/index.ts")).digits,
  pencil: async () => (await import("./pencil/index.ts")).pencil,
};

/** In the order of the tutorials. */
export const programNames = Object.keys(LOADERS) as readonly ProgramName[];

/** Loads a program. @example (await loadExperiment("xor")).title.en */
export const loadExperiment = (name: ProgramName): Promise<Experiment> => LOADERS[name]();
