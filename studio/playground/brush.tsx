/** What the pointer does in the plane: look, add points of a class or of a value, or erase. */
import { signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Slider } from "../ui/slider.tsx";
import { changeData } from "./actions.ts";
import { decimals } from "./numbers.ts";

/** A number adds points with this class or value. */
export type Brush = "look" | "erase" | number;

export const brush = signal<Brush>("look");

/** Classes that can be drawn. */
const MOST_CLASSES = 10;

interface Props {
  /** 0 where points have values. */
  readonly classes: number;
  readonly labels: readonly string[];
}

export function BrushPicker({ classes, labels }: Props) {
  const name = useId();
  const now = brush.value;
  const shown = Math.min(MOST_CLASSES, Math.max(classes, typeof now === "number" ? now + 1 : 0) + 1);
  const choice = (value: Brush, text: string, swatch: number | null) => (
    <label key={String(value)} class="brush">
      <input
        type="radio"
        name={name}
        checked={now === value}
        onChange={() => {
          brush.value = value;
        }}
      />
      <span>
        {swatch !== null && (
          <i class="swatch" style={{ background: `var(--s${swatch})` }} aria-hidden="true" />
        )}
        {text}
      </span>
    </label>
  );
  return (
    <div class="stack brushes">
      <fieldset class="segmented">
        <legend class="unseen">
          {t({ en: "What the pointer does in the plane", zh: "指针在平面上的作用" })}
        </legend>
        <div>
          {choice("look", t({ en: "Look", zh: "查看" }), null)}
          {classes > 0
            ? Array.from({ length: shown }, (_, k) => {
                const label = labels[k] ?? String(k);
                return choice(k, k < classes ? label : `+ ${label}`, k);
              })
            : choice(typeof now === "number" ? now : 0.5, t({ en: "Add", zh: "添加" }), null)}
          {choice("erase", t({ en: "Erase", zh: "擦除" }), null)}
        </div>
      </fieldset>
      {classes === 0 && typeof now === "number" && (
        <Slider
          label={{ en: "Value of new points", zh: "新点的数值" }}
          value={now}
          min={-1}
          max={1}
          step={0.05}
          show={(v) => decimals(v, 2)}
          onChange={(value) => {
            brush.value = value;
          }}
        />
      )}
      {now !== "look" && (
        <div class="row">
          <Button
            label={{ en: "Remove all points", zh: "清空所有点" }}
            kind="quiet"
            onClick={() =>
              void changeData({ kind: "drawn", points: [], drawn: classes > 0 ? "classes" : "values" })
            }
          />
        </div>
      )}
    </div>
  );
}
