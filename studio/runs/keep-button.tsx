/** Keeps the run of a session among "Runs and export": for every room that trains. */
import type { Session } from "../train/session.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/status-line.tsx";
import { keepRun, runOf } from "./kept.ts";

export function KeepButton({ session }: { readonly session: Session }) {
  const keep = async () => {
    await session.pause();
    const run = runOf(session, Date.now());
    if (run === null) return;
    await keepRun(run);
    say({
      en: `Kept: step ${run.experiment.step}, ${run.hash}. See "Runs and export".`,
      zh: `已保留：第 ${run.experiment.step} 步，${run.hash}。见“记录与导出”。`,
    });
  };
  return (
    <Button
      label={{ en: "Keep this run", zh: "保留这次训练" }}
      disabled={session.frame.value === null}
      onClick={() => void keep()}
    />
  );
}
