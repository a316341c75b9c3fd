/** What Pencil asks its worker. */
import { asking } from "../data/asking.ts";
import type { Calls } from "./protocol.ts";

export const { ask } = asking<Calls>(
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "pencil" }),
  () => ({
    en: "Pencil's worker stopped. Reload the page.",
    zh: "“笔算”的工作线程已停止，请刷新页面。",
  }),
);
