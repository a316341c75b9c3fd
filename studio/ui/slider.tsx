/** A slider with its number beside it: drag it, use the arrow keys, or type. `log` spaces the values by factors. */
import { useId } from "preact/hooks";
import { t } from "../language.ts";
import type { NumberProps } from "./number-field.tsx";

interface Props extends NumberProps {
  readonly log?: boolean;
  /** How the number is shown; default as it is. */
  readonly show?: (value: number) => string;
  /** Called while it is dragged; `onChange` comes at the end. Left out: `onChange` is called all along. */
  readonly onSlide?: (value: number) => void;
}

const TICKS = 1000;
/** An arrow key multiplies by this on a logarithmic scale: enough to change the two digits that are kept. */
const LOG_FACTOR = 1.1;

export function Slider({
  label,
  value,
  onChange,
  onSlide,
  min,
  max,
  step = 1,
  log,
  show = String,
  disabled,
}: Props) {
  const id = useId();
  const toTick = (v: number) => (log ? (TICKS * Math.log(v / min)) / Math.log(max / min) : v);
  const fromTick = (tick: number) =>
    log ? Number((min * (max / min) ** (tick / TICKS)).toPrecision(2)) : Number(tick.toPrecision(12));
  return (
    <div class="field slider">
      <label class="label" for={id}>
        {t(label)}
      </label>
      <output for={id}>{show(value)}</output>
      <input
        id={id}
        type="range"
        min={log ? 0 : min}
        max={log ? TICKS : max}
        step={log ? (TICKS * Math.log(LOG_FACTOR)) / Math.log(max / min) : step}
        value={toTick(value)}
        disabled={disabled ?? false}
        aria-valuetext={show(value)}
        onInput={(event) => (onSlide ?? onChange)(fromTick(event.currentTarget.valueAsNumber))}
        onChange={(event) => onSlide && onChange(fromTick(event.currentTarget.valueAsNumber))}
      />
    </div>
  );
}

/** Text for sliders that need one. */
export const percent = (value: number): string => `${Math.round(value * 100)} %`;
