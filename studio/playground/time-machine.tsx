/**
 * The time machine: a slider over the whole run that moves picture, weights and charts together; the forks that changes
 * have made, each of which can be taken up again.
 */
import { t } from "../language.ts";
import { type Experiment, effective } from "../state/experiment.ts";
import type { Branch } from "../train/session.ts";
import { Button } from "../ui/button.tsx";
import { LETTERS } from "./curves.ts";
import { StartIcon } from "./icons.tsx";
import { count } from "./numbers.ts";
import { playground } from "./play.ts";

export function TimeMachine() {
  const { session } = playground();
  const frame = session.frame.value;
  const step = frame?.step ?? 0;
  const end = Math.max(1, frame?.end ?? 1);
  return (
    <section class="panel time-machine" aria-label={t({ en: "Time machine", zh: "时间机器" })}>
      <label for="time">{t({ en: "Time machine", zh: "时间机器" })}</label>
      <Button
        label={{ en: "To the start", zh: "回到起点" }}
        icon={<StartIcon />}
        kind="quiet"
        onClick={() => void travel(0)}
      />
      <div class="track">
        <input
          id="time"
          type="range"
          min={0}
          max={end}
          step={1}
          value={step}
          aria-valuetext={t({ en: `step ${step} of ${end}`, zh: `第 ${step} 步，共 ${end} 步` })}
          onInput={(event) => void travel(event.currentTarget.valueAsNumber)}
        />
        <div class="marks" aria-hidden="true">
          {session.experiment.value.edits.map((edit, i) => (
            <i key={i} style={{ left: `${(100 * edit.step) / end}%` }} />
          ))}
        </div>
      </div>
      <output for="time">
        {t({
          en: `step ${count(step)} / ${count(frame?.end ?? 0)}`,
          zh: `第 ${count(step)} / ${count(frame?.end ?? 0)} 步`,
        })}
      </output>
      {session.branches.value.length > 0 && (
        <ul class="forks" aria-label={t({ en: "Forks", zh: "分叉" })}>
          {session.branches.value.map((branch, i) => (
            <li key={i}>
              <button type="button" class="button" onClick={() => void session.open(branch.experiment)}>
                <strong>{LETTERS[i % LETTERS.length]}</strong> {forkText(branch, session.experiment.value)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where the run is going; a slider that is dragged asks for many places, and only the last one counts. */
let wanted: number | null = null;
let travelling = false;

/** Goes to a step; a later wish replaces one that has not begun. */
export async function travel(step: number): Promise<void> {
  const { session } = playground();
  wanted = step;
  if (travelling) return;
  travelling = true;
  while (wanted !== null) {
    const next: number = wanted;
    wanted = null;
    await session.goTo(next);
  }
  travelling = false;
}

/** What a fork had that the run has not. */
function forkText({ experiment, leftAt }: Branch, now: Experiment): string {
  const [then, here] = [effective(experiment), effective(now)];
  const words: string[] = [];
  if (then.optimizer.name !== here.optimizer.name) words.push(then.optimizer.name);
  if (then.optimizer.learningRate !== here.optimizer.learningRate)
    words.push(t({ en: `rate ${then.optimizer.learningRate}`, zh: `学习率 ${then.optimizer.learningRate}` }));
  if (then.batchSize !== here.batchSize)
    words.push(t({ en: `batch ${then.batchSize}`, zh: `批大小 ${then.batchSize}` }));
  const what = words.length > 0 ? ` (${words.join(", ")})` : "";
  return t({
    en: `left at step ${count(leftAt)}, went to ${count(experiment.step)}${what}`,
    zh: `在第 ${count(leftAt)} 步离开，曾到第 ${count(experiment.step)} 步${what}`,
  });
}
