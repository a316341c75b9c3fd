/** The tutorial's OR: one sigmoid neuron (see ../one-net). */

import { oneNet } from "../one-net/experiment.ts";
import { OR } from "../one-net/gate.ts";

export const or = oneNet(OR);
