/** A table pasted, typed, dropped or opened from a file: read while it is typed, and what is wrong is said at once. */
import { signal } from "@preact/signals";
import { useId, useState } from "preact/hooks";
import { readTable } from "../data/table.ts";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { changeData, shownRecord } from "./actions.ts";

/** The text that the dialog begins with; null while it is closed. */
const begun = signal<string | null>(null);

export function openTable(text: string): void {
  begun.value = text;
}

const close = (): void => {
  begun.value = null;
};

/** What an element does with a file that is dropped on it: its text is shown in the dialog. */
export const takesTables = {
  onDragOver: (event: DragEvent) => event.preventDefault(),
  onDrop(event: DragEvent) {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void file.text().then(openTable);
  },
};

export function TableDialog() {
  return (
    <Dialog
      title={{ en: "A table of your own", zh: "使用自己的表格" }}
      open={begun.value !== null}
      onClose={close}
    >
      <TableForm key={begun.value} />
    </Dialog>
  );
}

function TableForm() {
  const id = useId();
  const { data } = shownRecord();
  const [text, setText] = useState(begun.value ?? "");
  const [scale, setScale] = useState(data.scale);
  const result = text.trim() === "" ? null : readTable(text);
  const points = result?.points;
  return (
    <form
      class="stack table-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!points) return;
        void changeData({ kind: "csv", csv: text, scale });
        close();
      }}
    >
      <label for={id}>
        {t({
          en: "Three columns: two features, then a label or a target. Commas, tabs or semicolons; the header may be missing.",
          zh: "共三列：两个特征，再加一列标签或目标值。可用逗号、制表符或分号分隔，可以没有表头。",
        })}
      </label>
      <textarea
        id={id}
        rows={10}
        spellcheck={false}
        placeholder={"height,weight,kind\n1.62,55,cat\n1.80,81,dog"}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="row">
        <label class="button file">
          {t({ en: "Open a file…", zh: "打开文件…" })}
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)}
          />
        </label>
        <Toggle
          label={{ en: "Bring both features to −1…1", zh: "把两个特征缩放到 −1…1" }}
          value={scale}
          onChange={setScale}
        />
      </div>
      {result?.problem && <ErrorBox text={result.problem} />}
      {points && (
        <p role="status">
          {points.classes > 0
            ? t({
                en: `${points.y.length} rows, classes: ${points.labels.join(", ")}.`,
                zh: `共 ${points.y.length} 行，类别：${points.labels.join("、")}。`,
              })
            : t({
                en: `${points.y.length} rows, ${points.columns[2]} holds values.`,
                zh: `共 ${points.y.length} 行，“${points.columns[2]}”列是数值。`,
              })}
        </p>
      )}
      <div class="row">
        <button type="submit" class="button main" disabled={!points}>
          {t({ en: "Use this table", zh: "使用此表格" })}
        </button>
        <Button label={{ en: "Cancel", zh: "取消" }} onClick={close} />
      </div>
    </form>
  );
}
