/** The rooms of the studio, in the order of the tabs. Each is loaded when it is first opened. */
import type { ComponentType } from "preact";
import type { Text } from "../language.ts";

export interface RoomEntry {
  /** In the address: `#/id`. */
  readonly id: string;
  readonly title: Text;
  readonly load: () => Promise<{ readonly Room: ComponentType }>;
}

export const rooms: readonly RoomEntry[] = [
  {
    id: "playground",
    title: { en: "Playground", zh: "试验场" },
    load: () => import("../playground/room.tsx"),
  },
  { id: "pencil", title: { en: "Pencil", zh: "笔算" }, load: () => import("../pencil/room.tsx") },
  { id: "digits", title: { en: "Digits", zh: "手写数字" }, load: () => import("../digits/room.tsx") },
  { id: "race", title: { en: "Race", zh: "赛跑" }, load: () => import("../race/room.tsx") },
  { id: "lessons", title: { en: "Lessons", zh: "课程" }, load: () => import("../lessons/room.tsx") },
  { id: "runs", title: { en: "Runs and export", zh: "记录与导出" }, load: () => import("../runs/room.tsx") },
];
