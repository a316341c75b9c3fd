/** A table that papergrad computes when the reader asks for it. */
import { useState } from "preact/hooks";
import { Refusal } from "../../data/refusal.ts";
import { type Text, t } from "../../language.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { ask } from "../asking.ts";
import type { Figures, LessonName, Row } from "../lesson.ts";
import { Scroller } from "./scroller.tsx";

const WORDS = {
  compute: { en: "Compute the table", zh: "计算此表" },
  computing: { en: "Computing …", zh: "正在计算……" },
} as const satisfies Record<string, Text>;

type State = { readonly rows: readonly Row[] } | { readonly problem: Text } | "idle" | "busy";

const cell = (of: string | Text): string => (typeof of === "string" ? of : t(of));

export function FiguresView({ lesson, figures }: { readonly lesson: LessonName; readonly figures: Figures }) {
  const [state, setState] = useState<State>("idle");
  const { id, caption, columns } = figures;
  const compute = async () => {
    setState("busy");
    try {
      setState({ rows: await ask("figures", { lesson, figures: id }) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setState({ problem: error.text });
    }
  };
  const waiting = state === "idle" || state === "busy";
  return (
    <div class="panel figures" aria-busy={state === "busy"}>
      {typeof state === "object" && "rows" in state ? (
        <Scroller label={t(caption)}>
          <table>
            <caption>{t(caption)}</caption>
            <thead>
              <tr>
                {columns.map((column, i) => (
                  <th key={i} scope="col">
                    {cell(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {state.rows.map(([name, ...cells]) => (
                <tr key={cell(name ?? "")}>
                  <th scope="row">{cell(name ?? "")}</th>
                  {cells.map((value, i) => (
                    <td key={i}>{cell(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      ) : (
        <p class="label">{t(caption)}</p>
      )}
      {waiting && (
        <Button
          label={state === "busy" ? WORDS.computing : WORDS.compute}
          onClick={() => void compute()}
          disabled={state === "busy"}
        />
      )}
      {typeof state === "object" && "problem" in state && <ErrorBox text={state.problem} />}
    </div>
  );
}
