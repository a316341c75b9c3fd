/** Runs and export: kept runs over each other, a band over seeds, and everything that can leave the studio. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import { exportPicture } from "../ui/picture.ts";
import { Segmented } from "../ui/segmented.tsx";
import { Slider } from "../ui/slider.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { RunChart, type ShownLine } from "./chart.tsx";
import { dataTitle, networkTitle, trainingTitle } from "./describe.ts";
import { Exports } from "./exports.tsx";
import { groupsOf, lineOf, type Metric, type RunGroup } from "./groups.ts";
import { forgetRuns, keptRuns, readKeptRuns, storageProblem } from "./kept.ts";
import { Recorder } from "./recorder.tsx";
import { RunTable } from "./run-table.tsx";
import "./runs.css";

const WORDS = {
  compare: { en: "Compare", zh: "对比" },
  none: {
    en: 'Nothing is kept yet. Train something here, or choose "Keep this run" in the Playground.',
    zh: "还没有保留任何训练。可在这里训练，或在试验场中选择“保留这次训练”。",
  },
  metric: { en: "Shown", zh: "显示" },
  log: { en: "Logarithmic", zh: "对数刻度" },
  cursor: { en: "Step", zh: "步" },
} as const satisfies Record<string, Text>;

const METRICS: readonly { readonly value: Metric; readonly label: Text }[] = [
  { value: "loss", label: { en: "Training loss", zh: "训练损失" } },
  { value: "testLoss", label: { en: "Test loss", zh: "测试损失" } },
  { value: "accuracy", label: { en: "Training accuracy", zh: "训练准确率" } },
  { value: "testAccuracy", label: { en: "Test accuracy", zh: "测试准确率" } },
];

const metric = signal<Metric>("loss");
const log = signal(false);
const cursor = signal<number | null>(null);
const hidden = signal<ReadonlySet<string>>(new Set());
/** The run that is exported; the last one kept until another is chosen. */
const chosen = signal<string | null>(null);

let read = false;

export function Room() {
  useEffect(() => {
    if (read) return;
    read = true;
    void readKeptRuns();
  }, []);
  const groups = groupsOf(keptRuns.value);
  const run = keptRuns.value.find(({ id }) => id === chosen.value) ?? keptRuns.value.at(-1);
  return (
    <div class="runs">
      <Recorder />
      <section class="panel stack compare" aria-labelledby="compare-title">
        <h2 id="compare-title">{t(WORDS.compare)}</h2>
        {storageProblem.value && <ErrorBox text={storageProblem.value} />}
        {groups.length === 0 ? <p class="quiet">{t(WORDS.none)}</p> : <Compared groups={groups} />}
      </section>
      {run && <Exports run={run} />}
    </div>
  );
}

/** What a group is called on the chart. */
const groupName = ({ runs }: RunGroup): string =>
  `${t(dataTitle(runs[0]!.experiment))} ${networkTitle(runs[0]!)}, ${t(trainingTitle(runs[0]!.experiment))}`;

function Compared({ groups }: { readonly groups: readonly RunGroup[] }) {
  const svg = useRef<SVGSVGElement>(null);
  const all = groups.map(
    (group, index): ShownLine => ({ ...lineOf(group, metric.value), name: groupName(group), index }),
  );
  const lines = all.filter(({ steps, index }) => steps.length > 0 && !hidden.value.has(groups[index]!.key));
  const end = Math.max(1, ...lines.map((l) => l.steps.at(-1)!));
  const step = Math.min(cursor.value ?? end, end);
  const shown = METRICS.find(({ value }) => value === metric.value)!.label;
  return (
    <>
      <div class="row">
        <Segmented
          label={WORDS.metric}
          options={METRICS}
          value={metric.value}
          onChange={(value) => {
            metric.value = value;
          }}
        />
        <Toggle
          label={WORDS.log}
          value={log.value}
          onChange={(value) => {
            log.value = value;
          }}
        />
        <div class="pictures">
          {(["png", "svg"] as const).map((format) => (
            <Button
              key={format}
              label={{ en: `Chart as ${format.toUpperCase()}`, zh: `图表（${format.toUpperCase()}）` }}
              onClick={() => svg.current && void exportPicture(svg.current, "papergrad-runs", format)}
            />
          ))}
        </div>
      </div>
      <RunChart
        lines={lines}
        metric={shown}
        log={log.value}
        cursor={step}
        onCursor={(value) => {
          cursor.value = Math.min(value, end);
        }}
        svg={svg}
      />
      <Slider
        label={WORDS.cursor}
        value={step}
        min={0}
        max={end}
        onChange={(value) => {
          cursor.value = value;
        }}
      />
      <RunTable
        groups={groups}
        lines={all}
        metric={shown}
        step={step}
        hidden={hidden.value}
        chosen={chosen.value ?? keptRuns.value.at(-1)?.id ?? ""}
        onHide={(key, hide) => {
          const next = new Set(hidden.value);
          if (hide) next.add(key);
          else next.delete(key);
          hidden.value = next;
        }}
        onChoose={(id) => {
          chosen.value = id;
        }}
        onForget={(ids) => void forgetRuns(ids)}
      />
    </>
  );
}
