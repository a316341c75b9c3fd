/**
 * The function of papergrad that computes a value, where it stands, with the lines that name the value marked. Names of
 * other values in it answer: pointing at one marks its matrix, a click goes to it.
 */
import { useEffect, useState } from "preact/hooks";
import type { Variant } from "../../experiments/types.ts";
import { t } from "../language.ts";
import { chooseValue, sheets, spoken } from "./model.ts";
import type { SheetValue } from "./session.ts";

type Sources = typeof import("virtual:label-sources").labelSources;

interface Props {
  readonly variant: Variant;
  readonly value: SheetValue;
}

export function SourceText({ variant, value }: Props) {
  const [sources, setSources] = useState<Sources | null>(null);
  useEffect(() => {
    void import("virtual:label-sources").then(({ labelSources }) => setSources(labelSources));
  }, []);
  const found = value.source === null ? undefined : sources?.[value.source];
  if (!sources) return null;
  if (!found) return <p class="quiet">{t({ en: "This build has no sources.", zh: "此构建不含源代码。" })}</p>;
  const labels = new Set(sheets.value[variant]?.values.map((v) => v.label));
  const lines = found.text.split("\n");
  const marks = markedLines(lines, value.label);
  return (
    <section class="source" aria-label={t({ en: "Source", zh: "源代码" })}>
      <p class="source-place">
        <code>
          {found.file}:{found.line + Math.max(0, marks[0] ?? 0)}
        </code>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by the arrow keys */}
      <pre class="code" tabIndex={0}>
        {lines.map((line, i) => (
          <div key={i} class={marks.includes(i) ? "line marked" : "line"}>
            <span class="number" aria-hidden="true">
              {found.line + i}
            </span>
            <span class="text">{tokens(line, labels, variant, value.label)}</span>
          </div>
        ))}
      </pre>
    </section>
  );
}

/** Lines that give the value its name, or store it. */
function markedLines(lines: readonly string[], label: string): number[] {
  const updated = label.endsWith("'");
  const plain = updated ? label.slice(0, -1) : label;
  const numbered = /^([A-Za-z]+)\d+$/.exec(plain)?.[1];
  const says = (line: string): boolean =>
    updated && line.includes("g.store(")
      ? true
      : line.includes(`"${label}"`) || (numbered !== undefined && line.includes(`\`${numbered}\${`));
  return lines.flatMap((line, i) => (says(line.replace(/\/\/.*/, "")) ? [i] : []));
}

/** A line of code, names of values as buttons. Comments are left as they are. */
function tokens(line: string, labels: ReadonlySet<string>, variant: Variant, own: string) {
  if (/^\s*(\/?\*|\/\/)/.test(line)) return <span class="comment">{line || " "}</span>;
  return line.split(/([A-Za-z_$][\w$]*)/).map((part, i) =>
    labels.has(part) ? (
      <button
        key={i}
        type="button"
        tabIndex={-1}
        class={part === own ? "name own" : "name"}
        onMouseEnter={() => {
          spoken.value = part;
        }}
        onMouseLeave={() => {
          spoken.value = null;
        }}
        onClick={() => chooseValue(variant, part)}
      >
        {part}
      </button>
    ) : (
      part
    ),
  );
}
