/** A formula as MathML, from LaTeX. Temml is loaded with the first formula; until then, and if it fails, the LaTeX stands. */
import { useEffect, useRef } from "preact/hooks";

interface Props {
  readonly latex: string;
  /** On a line of its own. */
  readonly display?: boolean;
}

/** Parts of a formula may carry a class, so that they can be pointed at; nothing else is trusted. */
const isClass = ({ command }: { readonly command: string }): boolean => command === "\\class";

export function Formula({ latex, display = false }: Props) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let here = true;
    void import("temml").then(({ default: temml }) => {
      if (here && ref.current)
        temml.render(latex, ref.current, { displayMode: display, throwOnError: false, trust: isClass });
    });
    return () => {
      here = false;
    };
  }, [latex, display]);
  return (
    <span class={display ? "formula display" : "formula"}>
      <span ref={ref}>{latex}</span>
    </span>
  );
}
