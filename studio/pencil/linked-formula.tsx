/** A formula whose symbols answer: pointing at one marks its matrix, a click goes to it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Variant } from "../../experiments/types.ts";
import { Formula } from "../ui/formula.tsx";
import { labelAt, linked, terms } from "./linked.ts";
import { chooseValue, spoken } from "./model.ts";

interface Props {
  readonly latex: string;
  readonly variant: Variant;
  /** Labels whose symbols are looked for. */
  readonly labels: readonly string[];
}

export function LinkedFormula({ latex, variant, labels }: Props) {
  const [ref, overflows] = useOverflow();
  const speak = (event: Event): void => {
    spoken.value = labelAt(event.target, labels);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way, for the mouse; the card lists the same values as buttons
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the same
    <div
      ref={ref}
      class="linked-formula"
      // What does not fit is scrolled by the arrow keys.
      tabIndex={overflows ? 0 : undefined}
      onMouseOver={speak}
      onMouseLeave={() => {
        spoken.value = null;
      }}
      onClick={(event) => {
        const label = labelAt(event.target, labels);
        if (label) chooseValue(variant, label);
      }}
    >
      <Terms latex={linked(latex, labels)} />
    </div>
  );
}

/** Whether an element is too narrow for what is in it. */
function useOverflow() {
  const ref = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth));
    for (const watched of [element, ...element.querySelectorAll(".terms")]) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [ref, overflows] as const;
}

/** A formula whose lines break between its terms. */
function Terms({ latex }: { readonly latex: string }) {
  return (
    <span class="terms">
      {terms(latex).map((term, i) => (
        <Formula key={`${i} ${term}`} latex={`\\displaystyle ${spaced(term)}`} />
      ))}
    </span>
  );
}

/** A sign at the start of a term stands off from it, as it would inside a formula. */
const spaced = (term: string): string => term.replace(/^([+-]|\\odot) /, "{$1}\\; ");
