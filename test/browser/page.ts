/** What the page does: offers the suite to the test that opened it. */
import { evidence } from "./evidence.ts";

Object.assign(globalThis, { evidence });
