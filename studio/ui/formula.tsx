/** A formula as MathML, from LaTeX. Temml is loaded with the first formula; until then, and if it fails, the LaTeX stands. */
import { useEffect, useRef } from "preact/hooks";

interface Props {
  readonly latex: string;
  /** On a line of its own. */
  readonly display?: boolean;
}

export function Formula({ latex, display = false }: Props) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let here = true;
    void import("temml").then(({ default: temml }) => {
      if (here && ref.current)
        temml.render(latex, ref.current, { displayMode: display, throwOnError: false });
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
