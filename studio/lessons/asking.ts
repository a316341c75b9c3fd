/** What lessons ask their worker. */
import { asking } from "../data/asking.ts";
import type { Requests } from "./protocol.ts";

export const { ask } = asking<Requests>(
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "lessons" }),
  () => ({
    en: "The worker of the lessons stopped or could not be loaded. Reload the page.",
    zh: "课程的计算线程停止了，或者未能加载。请刷新页面。",
  }),
);
