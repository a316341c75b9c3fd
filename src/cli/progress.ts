/**
 * Progress of running jobs: a line for each, redrawn in place on a terminal; a few plain lines elsewhere.
 *
 * The clock and the writing are given from outside. Rates and times left are of the current stage.
 */
import type { ProgramName, ProgramReport, Progress, Variant } from "../../experiments/types.ts";
import { type Context, say } from "./context.ts";
import type { JobEvents } from "./jobs.ts";
import { clock, duration, loss, percent, short } from "./numbers.ts";
import { cut, pad } from "./width.ts";

/** A program that is running. */
interface Running {
  readonly program: ProgramName;
  readonly variant: Variant;
  readonly began: number;
  /** Where and when the current stage began. */
  stage: { readonly name: string; readonly time: number; readonly done: number } | undefined;
  latest: Progress | undefined;
  /** When a plain line was last written. */
  told: number;
}

export interface ProgressOptions {
  /** Number of runs in all. */
  readonly total: number;
  readonly quiet: boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

export interface ProgressDisplay extends JobEvents {
  /** Says that the runs are being stopped. */
  stopping(): void;
  /** Takes the live lines away. */
  end(): void;
}

/** Redraws are at least so many milliseconds apart, plain lines about one running program so many. */
const REDRAW = 100;
const PLAIN = 15_000;
const BAR = 12;

/** Shows progress on `context.err`. */
export function progressDisplay(context: Context, options: ProgressOptions): ProgressDisplay {
  const { total, quiet, now } = options;
  const live = context.live && !quiet;
  const running = new Map<string, Running>();
  const begin = now();
  let finished = 0;
  let drawn = 0;
  let drawnAt = -Infinity;

  const erase = () => {
    if (drawn > 0) context.err(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = (force: boolean) => {
    if (!live || (!force && now() - drawnAt < REDRAW)) return;
    const lines = [...running.values()].map((run) => statusLine(context, run, now()));
    lines.push(totalLine(context, finished, total, (now() - begin) / 1000));
    const up = drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : "";
    context.err(`${up}${lines.map((line) => `${cut(line, context.columns - 1)}\n`).join("")}`);
    drawn = lines.length;
    drawnAt = now();
  };
  /** A line that stays. */
  const tell = (line: string) => {
    if (quiet) return;
    erase();
    context.err(`${line}\n`);
  };
  const close = (program: ProgramName, variant: Variant) => {
    running.delete(`${program} ${variant}`);
    finished++;
  };

  return {
    started(program, variant) {
      const run: Running = {
        program,
        variant,
        began: now(),
        stage: undefined,
        latest: undefined,
        told: now(),
      };
      running.set(`${program} ${variant}`, run);
      if (!live) tell(`${nameOf(run)}  ${say(context, { en: "started", zh: "开始" })}`);
      draw(true);
    },
    progress(program, variant, p) {
      const run = running.get(`${program} ${variant}`);
      if (run === undefined) return;
      if (run.stage?.name !== p.stage || p.done < run.stage.done)
        run.stage = { name: p.stage, time: now(), done: p.done };
      run.latest = p;
      draw(false);
      if (live || now() - run.told < PLAIN) return;
      run.told = now();
      tell(statusLine(context, run, now()));
    },
    finished(report) {
      close(report.program, report.variant);
      tell(doneLine(context, report));
      draw(true);
    },
    failed(program, variant) {
      close(program, variant);
      tell(`✗ ${nameOf({ program, variant })}  ${say(context, { en: "failed", zh: "失败" })}`);
      draw(true);
    },
    stopping() {
      erase();
      context.err(
        say(context, {
          en: "Stopping at the next pause; Ctrl-C again ends at once.\n",
          zh: "将在下一个停顿处停止；再按一次 Ctrl-C 立即结束。\n",
        }),
      );
    },
    end: erase,
  };
}

const nameOf = ({ program, variant }: Pick<Running, "program" | "variant">): string =>
  `${pad(program, 6)} ${pad(variant, 9)}`;

function doneLine(context: Context, { program, variant, seconds, result }: ProgramReport): string {
  const accuracy = result.testAccuracy ?? result.trainAccuracy;
  const parts = [
    `✓ ${nameOf({ program, variant })}`,
    duration(seconds).padStart(7),
    ...(result.loss === undefined ? [] : [`${say(context, WORDS.loss)} ${loss(result.loss)}`]),
    ...(accuracy === undefined ? [] : [`${say(context, WORDS.accuracy)} ${percent(accuracy)}`]),
  ];
  return parts.join("  ");
}

const WORDS = {
  loss: { en: "loss", zh: "损失" },
  accuracy: { en: "accuracy", zh: "准确率" },
  left: { en: "left", zh: "剩余" },
} as const;

/** e.g. "xor    derived    ██████░░░░░░  50 %  loss 0.1234  accuracy 75.0 %  12.3k/s  left 0:05  headline". */
function statusLine(context: Context, run: Running, time: number): string {
  const { latest, stage } = run;
  if (latest === undefined || stage === undefined) return `  ${nameOf(run)}  …`;
  const share = latest.total > 0 ? Math.min(1, Math.max(0, latest.done / latest.total)) : 0;
  const full = Math.round(share * BAR);
  const seconds = (time - stage.time) / 1000;
  const rate = seconds > 0.2 ? (latest.done - stage.done) / seconds : 0;
  const parts = [
    `  ${nameOf(run)}`,
    `${"█".repeat(full)}${"░".repeat(BAR - full)} ${String(Math.floor(100 * share)).padStart(3)} %`,
    ...(latest.loss === undefined ? [] : [`${say(context, WORDS.loss)} ${loss(latest.loss)}`]),
    ...(latest.accuracy === undefined ? [] : [`${say(context, WORDS.accuracy)} ${percent(latest.accuracy)}`]),
    ...(rate > 0
      ? [`${short(rate)}/s`, `${say(context, WORDS.left)} ${clock((latest.total - latest.done) / rate)}`]
      : []),
    latest.stage,
  ];
  return parts.join("  ");
}

function totalLine(context: Context, finished: number, total: number, seconds: number): string {
  return say(context, {
    en: `  ${finished} of ${total} runs finished, ${clock(seconds)}; Ctrl-C stops`,
    zh: `  已完成 ${finished}/${total} 次运行，用时 ${clock(seconds)}；按 Ctrl-C 停止`,
  });
}
