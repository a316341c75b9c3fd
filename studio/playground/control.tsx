/**
 * The controls that a teacher can hide by link, each by a name of its own; a hidden one is not on the page at all.
 */
import type { ComponentChildren } from "preact";
import type { ControlName } from "./control-names.ts";
import { playground } from "./play.ts";

/** Whether a control is on the page. */
export const isShown = (name: ControlName): boolean =>
  !playground().session.experiment.value.view.hide.includes(name);

/** Its children, unless the control is hidden. */
export function Control({
  name,
  children,
}: {
  readonly name: ControlName;
  readonly children: ComponentChildren;
}) {
  return isShown(name) ? children : null;
}
