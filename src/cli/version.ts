/** The version of this package, as its package.json states it. */
import { version } from "../../package.json";

export const papergradVersion: string = version;
