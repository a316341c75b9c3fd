/**
 * What the doctor says of the run: what is wrong, where, with which numbers, and what to do; a cure that one change of
 * the record makes is a button. Asked when the run stands still, and now and then while it goes on.
 */
import { effect, signal } from "@preact/signals";
import type { Change, Finding } from "papergrad/inspect";
import { useEffect, useMemo } from "preact/hooks";
import { Refusal } from "../data/refusal.ts";
import { type Text, t } from "../language.ts";
import { change as changeRecord, shownRecord } from "./actions.ts";
import { cureOf } from "./cures.ts";
import { playground } from "./play.ts";

/** Milliseconds between two visits while the run goes on, and after it has come to rest. */
const VISIT_MS = 3000;
const REST_MS = 250;
/** A run is not judged before it has done a few steps. */
const FIRST_STEPS = 20;

export function Advice() {
  const { session } = playground();
  const findings = useMemo(() => signal<readonly Finding[] | null>(null), []);
  useEffect(() => {
    let visited = Number.NEGATIVE_INFINITY;
    let timer = 0;
    const visit = async () => {
      visited = performance.now();
      const about = session.about.peek();
      if (about === null) return;
      try {
        const found = await session.diagnose();
        if (session.about.peek() === about) findings.value = found;
      } catch (error) {
        // A run that was closed meanwhile cannot be examined.
        if (!(error instanceof Refusal)) throw error;
      }
    };
    const stop = effect(() => {
      const frame = session.frame.value;
      if (frame === null || session.about.value === null) return;
      if (frame.step < FIRST_STEPS && frame.halt !== "notFinite") {
        findings.value = null;
        return;
      }
      clearTimeout(timer);
      const wait = frame.running ? VISIT_MS - (performance.now() - visited) : REST_MS;
      timer = window.setTimeout(() => void visit(), Math.max(0, wait));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session, findings]);
  const found = findings.value;
  return (
    <section class="panel advice" aria-labelledby="advice-title">
      <h2 id="advice-title">{t({ en: "Doctor", zh: "诊断" })}</h2>
      {found === null ? (
        <p class="quiet">{t({ en: "Looks at the run after a few steps.", zh: "训练几步之后开始检查。" })}</p>
      ) : found.length === 0 ? (
        <p class="quiet">{t({ en: "Nothing wrong is found.", zh: "未发现问题。" })}</p>
      ) : (
        <ul>
          {found.map((finding) => (
            <Found key={finding.kind + (finding.where.layer ?? "")} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
}

const SEVERITIES: Readonly<Record<Finding["severity"], Text>> = {
  error: { en: "error", zh: "错误" },
  warning: { en: "warning", zh: "警告" },
  note: { en: "note", zh: "提示" },
};

function Found({ finding }: { readonly finding: Finding }) {
  const { session } = playground();
  const about = session.about.value;
  const patch = finding.change && about && cureOf(finding.change, shownRecord(), about);
  return (
    <li class={finding.severity} data-finding={finding.kind}>
      <span class="severity">{t(SEVERITIES[finding.severity])}</span>
      <p>
        {t(finding.message)} <span class="quiet">{t(finding.cure)}</span>
      </p>
      {patch && finding.change && (
        <button type="button" class="button" onClick={() => void changeRecord(() => patch)}>
          {t(labelOf(finding.change))}
        </button>
      )}
    </li>
  );
}

/** What the button of a cure does. */
function labelOf(change: Change): Text {
  switch (change.option) {
    case "learningRate":
      return { en: `Set the learning rate to ${change.value}`, zh: `把学习率设为 ${change.value}` };
    case "activation":
      return { en: `Use ${change.value} there`, zh: `此层改用 ${change.value}` };
    case "kernelInitializer":
      return { en: `Start from ${change.value}`, zh: `用 ${change.value} 初始化` };
    case "loss":
      return { en: `Use ${change.value}`, zh: `改用 ${change.value}` };
    case "l2":
      return { en: `Set L2 to ${change.value}`, zh: `把 L2 设为 ${change.value}` };
    case "dtype":
      return { en: "Compute in float64", zh: "用 float64 计算" };
    case "scaling":
      return { en: "Scale the inputs", zh: "缩放输入" };
  }
}
