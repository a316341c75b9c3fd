/**
 * Pencil: one training step on paper. Every number is that of papergrad's trace; each can be asked how it was computed,
 * set to another, practised on a worksheet, and followed to the line of code.
 */
import { useEffect } from "preact/hooks";
import { t } from "../language.ts";
import { ErrorBox } from "../ui/error-box.tsx";
import { Bar } from "./bar.tsx";
import { Card } from "./card.tsx";
import { active, busy, followPage, page, problem } from "./model.ts";
import "./pencil.css";
import { PaperSheet } from "./sheet.tsx";
import { openTutorial } from "./tutorial.ts";

export function Room() {
  useEffect(followPage, []);
  const { program, paper } = page.value;
  useEffect(() => {
    void openTutorial(program);
  }, [program]);
  return (
    <div class="pencil" aria-busy={busy.value}>
      <Bar />
      {problem.value && <ErrorBox text={problem.value} />}
      <div class={`pencil-body ${paper}`}>
        <PaperSheet />
        {paper === "step" && (
          <aside
            class={`panel pencil-card ${active.value ? "filled" : ""}`}
            aria-label={t({ en: "The cell looked at", zh: "正在看的格子" })}
          >
            <Card />
          </aside>
        )}
      </div>
    </div>
  );
}
