/** What is shown: the program, the variant, the step, the kind of paper. */
import type { ProgramName } from "../../experiments/types.ts";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import { page, show } from "./model.ts";
import { LAST_STEP, PAPERS, type PencilPage, PROGRAMS, VIEWS } from "./page.ts";

const NAMES: Readonly<Record<ProgramName, Text>> = {
  pencil: { en: "Paper network 4-3-3-2 (003)", zh: "纸笔网络 4-3-3-2（003）" },
  and: { en: "AND (000)", zh: "逻辑与（000）" },
  or: { en: "OR (000)", zh: "逻辑或（000）" },
  not: { en: "NOT (000)", zh: "逻辑非（000）" },
  xor: { en: "XOR 2-6-2 (000)", zh: "逻辑异或 2-6-2（000）" },
  iris: { en: "Iris 4-20-20-3 (000)", zh: "鸢尾花 4-20-20-3（000）" },
  mnist: { en: "MNIST, 4 images (000)", zh: "MNIST，4 张图（000）" },
  moons: { en: "Moons, 8 points (001)", zh: "双月，8 个点（001）" },
  digits: { en: "Gradient check 3-5-3 (002)", zh: "梯度检验 3-5-3（002）" },
};

const VIEW_NAMES: Readonly<Record<PencilPage["view"], Text>> = {
  published: { en: "Published", zh: "发布" },
  derived: { en: "Derived", zh: "推导" },
  both: { en: "Side by side", zh: "并排" },
};

const PAPER_NAMES: Readonly<Record<PencilPage["paper"], Text>> = {
  step: { en: "The step", zh: "这一步" },
  blanks: { en: "Worksheet", zh: "练习纸" },
  answers: { en: "Answers", zh: "答案" },
};

export function Bar() {
  const { program, view, paper, step, edits } = page.value;
  return (
    <div class="panel pencil-bar">
      <Select
        label={{ en: "Program", zh: "程序" }}
        options={PROGRAMS.map((value) => ({ value, label: NAMES[value] }))}
        value={program}
        onChange={(value) => show({ program: value, step: 1, chosen: null, edits: [] })}
      />
      <Segmented
        labelled
        label={{ en: "Variant", zh: "版本" }}
        options={VIEWS.map((value) => ({ value, label: VIEW_NAMES[value] }))}
        value={view}
        onChange={(value) => show({ view: value, chosen: null })}
      />
      <div class="stepper">
        <Button
          label={{ en: "One step back", zh: "后退一步" }}
          icon="‹"
          disabled={step <= 1}
          onClick={() => show({ step: step - 1 })}
        />
        <NumberField
          label={{ en: "Training step", zh: "训练步" }}
          value={step}
          min={1}
          max={LAST_STEP}
          onChange={(value) => show({ step: value })}
        />
        <Button
          label={{ en: "One step on", zh: "前进一步" }}
          icon="›"
          disabled={step >= LAST_STEP}
          onClick={() => show({ step: step + 1 })}
        />
      </div>
      <Segmented
        labelled
        label={{ en: "Paper", zh: "纸张" }}
        options={PAPERS.map((value) => ({ value, label: PAPER_NAMES[value] }))}
        value={paper}
        onChange={(value) => show({ paper: value })}
      />
      <div class="row">
        <Button label={{ en: "Print", zh: "打印" }} onClick={() => print()} />
        {edits.length > 0 && (
          <Button
            label={{
              en: `Undo ${edits.length === 1 ? "the edit" : `all ${edits.length} edits`}`,
              zh: edits.length === 1 ? "撤销改动" : `撤销全部 ${edits.length} 处改动`,
            }}
            onClick={() => show({ edits: [] })}
          />
        )}
      </div>
      {edits.length > 0 && (
        <p class="legend">
          <span class="mark" aria-hidden="true" />
          {t({ en: "changed by your edits", zh: "因你的改动而变化" })}
        </p>
      )}
    </div>
  );
}
