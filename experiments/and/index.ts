/** The tutorial's AND: one sigmoid neuron (see ../one-net). */

import { oneNet } from "../one-net/experiment.ts";
import { AND } from "../one-net/gate.ts";

export const and = oneNet(AND);
