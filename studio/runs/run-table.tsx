/** The kept runs as a table: a row for each group, its line, its values at the cursor, and its runs one by one. */
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { DASHES, type ShownLine } from "./chart.tsx";
import { dataTitle, networkTitle, trainingTitle } from "./describe.ts";
import { placeAt, type RunGroup } from "./groups.ts";

interface Props {
  readonly groups: readonly RunGroup[];
  readonly lines: readonly ShownLine[];
  readonly metric: Text;
  readonly step: number;
  readonly hidden: ReadonlySet<string>;
  /** Id of the run that is exported. */
  readonly chosen: string;
  readonly onHide: (key: string, hide: boolean) => void;
  readonly onChoose: (id: string) => void;
  readonly onForget: (ids: ReadonlySet<string>) => void;
}

const WORDS = {
  show: { en: "Show", zh: "显示" },
  what: { en: "Run", zh: "训练" },
  seeds: { en: "Seeds", zh: "种子" },
  export: { en: "Export", zh: "导出" },
  forget: { en: "Forget", zh: "删除" },
  caption: { en: "Kept runs", zh: "保留的训练" },
} as const satisfies Record<string, Text>;

export function RunTable(props: Props) {
  const { groups, lines, metric, step, hidden } = props;
  return (
    <div class="scroll">
      <table class="run-table">
        <caption class="unseen">{t(WORDS.caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(WORDS.show)}</th>
            <th scope="col">{t(WORDS.what)}</th>
            <th scope="col" class="number">
              {t({ en: `${metric.en} at step ${step}`, zh: `第 ${step} 步的${metric.zh}` })}
            </th>
            <th scope="col">{t(WORDS.seeds)}</th>
            <th scope="col">{t(WORDS.forget)}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, i) => (
            <GroupRow
              key={group.key}
              {...props}
              group={group}
              line={lines[i]!}
              shown={!hidden.has(group.key)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Props {
  readonly group: RunGroup;
  readonly line: ShownLine;
  readonly shown: boolean;
}

function GroupRow({ group, line, shown, step, chosen, onHide, onChoose, onForget }: RowProps) {
  const [first] = group.runs;
  const { experiment } = first!;
  const name = { en: `Show ${line.name}`, zh: `显示 ${line.name}` };
  const own = group.runs.find(({ id }) => id === chosen);
  return (
    <tr class={own ? "chosen" : ""}>
      <td>
        <span class="bare-toggle">
          <Toggle label={name} value={shown} onChange={(show) => onHide(group.key, !show)} />
        </span>
        <svg class="swatch" width="34" height="10" aria-hidden="true">
          <line
            x1="1"
            x2="33"
            y1="5"
            y2="5"
            stroke={`var(--s${line.index % 10})`}
            stroke-width="3"
            stroke-dasharray={DASHES[line.index % DASHES.length]}
          />
        </svg>
      </td>
      <td>
        <strong>{t(dataTitle(experiment))}</strong> {networkTitle(first!)}
        <br />
        <span class="quiet">{t(trainingTitle(experiment))}</span>
      </td>
      <td class="number">{valueText(line, step)}</td>
      <td>
        <Select
          label={WORDS.export}
          value={own?.id ?? ""}
          options={[
            ...(own ? [] : [{ value: "", label: { en: "choose a run", zh: "选择一次训练" } }]),
            ...group.runs.map((run) => ({
              value: run.id,
              label: {
                en: `seed ${run.experiment.seed}, step ${run.experiment.step}`,
                zh: `种子 ${run.experiment.seed}，第 ${run.experiment.step} 步`,
              },
            })),
          ]}
          onChange={(id) => id !== "" && onChoose(id)}
        />
      </td>
      <td>
        <Button
          label={{ en: `Forget ${line.name}`, zh: `删除 ${line.name}` }}
          icon="✕"
          kind="quiet"
          onClick={() => onForget(new Set(group.runs.map(({ id }) => id)))}
        />
      </td>
    </tr>
  );
}

/** The median, and lowest to highest where there are several runs. */
function valueText({ steps, middle, low, high }: ShownLine, step: number): string {
  const at = placeAt(steps, step);
  if (at < 0) return "–";
  const text = (v: number) => v.toPrecision(4);
  return low[at] === high[at]
    ? text(middle[at]!)
    : `${text(middle[at]!)} (${text(low[at]!)} … ${text(high[at]!)})`;
}
