/** The data: which set, how many points, how much noise, how many for testing; new points; a pasted table. */
import { SETS, setNames } from "../data/sets.ts";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { percent, Slider } from "../ui/slider.tsx";
import { changeData, shownRecord } from "./actions.ts";
import { Control } from "./control.tsx";
import { DiceIcon } from "./icons.tsx";
import { SetPicker } from "./set-picker.tsx";
import { openTable, TableDialog } from "./table-dialog.tsx";

const GROUPS: readonly (readonly [(typeof SETS)[string]["group"], Text])[] = [
  ["two", { en: "Two classes", zh: "二分类" }],
  ["many", { en: "More classes", zh: "多分类" }],
  ["values", { en: "Values", zh: "回归" }],
  ["gates", { en: "Logic gates", zh: "逻辑门" }],
];

export function DataPanel() {
  const { data } = shownRecord();
  const set = SETS[data.kind];
  return (
    <section class="panel stack data-panel" aria-labelledby="data-title">
      <h2 id="data-title">{t({ en: "Data", zh: "数据" })}</h2>
      <Control name="data">
        {GROUPS.map(([group, title]) => (
          <SetPicker key={group} title={title} names={setNames.filter((n) => SETS[n]!.group === group)} />
        ))}
      </Control>
      {data.kind === "drawn" && (
        <p class="quiet note">
          {t({
            en: `${data.points.length} points drawn by hand.`,
            zh: `手绘数据，共 ${data.points.length} 个点。`,
          })}
        </p>
      )}
      {data.kind === "csv" && <p class="quiet note">{t({ en: "A pasted table.", zh: "粘贴的表格。" })}</p>}
      <Control name="table">
        <Button
          label={{ en: "Paste or drop a table…", zh: "粘贴或拖入表格…" }}
          onClick={() => openTable(data.csv)}
        />
        <TableDialog />
      </Control>
      {set && (
        <>
          <Control name="samples">
            <Slider
              label={{ en: "Points", zh: "点数" }}
              value={data.count}
              min={4}
              max={2000}
              step={4}
              onChange={(count) => void changeData({ count })}
            />
          </Control>
          <Control name="noise">
            <Slider
              label={{ en: "Noise (standard deviation)", zh: "噪声（标准差）" }}
              value={data.noise}
              min={0}
              max={0.6}
              step={0.01}
              show={(v) => v.toFixed(2)}
              onChange={(noise) => void changeData({ noise })}
            />
          </Control>
        </>
      )}
      <Control name="split">
        <Slider
          label={{ en: "Kept for testing", zh: "留作测试" }}
          value={data.testShare}
          min={0}
          max={0.9}
          step={0.05}
          show={percent}
          onChange={(testShare) => void changeData({ testShare })}
        />
      </Control>
      <Control name="regenerate">
        <div class="row regenerate">
          <NumberField
            label={{ en: "Seed of the data", zh: "数据的随机种子" }}
            value={data.seed}
            min={0}
            max={4294967295}
            onChange={(seed) => void changeData({ seed })}
          />
          <Button
            label={{ en: "New points", zh: "重新生成数据" }}
            icon={<DiceIcon />}
            onClick={() => void changeData({ seed: (data.seed + 1) % 4294967296 })}
          />
        </div>
      </Control>
    </section>
  );
}
