/** The tutorial's NOT: one sigmoid neuron (see ../one-net). */

import { oneNet } from "../one-net/experiment.ts";
import { NOT } from "../one-net/gate.ts";

export const not = oneNet(NOT);
