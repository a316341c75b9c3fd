/** What the open room shows, if that has a name of its own, as a lesson has: the shell puts it into the document's title. */
import { signal } from "@preact/signals";
import type { Text } from "../language.ts";

/** The name of what is shown; null: the room's own. */
export const subject = signal<Text | null>(null);

/** The title of the document. */
export const titleOf = (name: string): string => `${name} — papergrad studio`;
