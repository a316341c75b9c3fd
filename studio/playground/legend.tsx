/** What the colours of the plane mean: a scale from class to class, a list of classes, or a scale of values. */
import { gradient, PALETTES } from "../draw/palette.ts";
import { t } from "../language.ts";
import { dark } from "../state/preferences.ts";
import type { About } from "../train/protocol.ts";
import { decimals } from "./numbers.ts";

export function Legend({ about }: { readonly about: About }) {
  const colors = dark.value ? PALETTES.dark : PALETTES.light;
  const name = (k: number) => about.labels[k] ?? t({ en: `class ${k}`, zh: `类别 ${k}` });
  if (about.units.at(-1)! > 1)
    return (
      <ul class="legend classes" aria-label={t({ en: "Colours of the classes", zh: "各类别的颜色" })}>
        {Array.from({ length: about.classes }, (_, k) => (
          <li key={k}>
            <i class="swatch" style={{ background: `var(--s${k})` }} aria-hidden="true" />
            {name(k)}
          </li>
        ))}
      </ul>
    );
  let most = 1;
  for (const value of about.classes === 0 ? (about.train?.y ?? []) : [])
    most = Math.max(most, Math.abs(value));
  const ends =
    about.classes === 0 ? [decimals(-most, 1), "0", decimals(most, 1)] : [name(0), "P = ½", name(1)];
  return (
    <div class="legend">
      <div class="ramp" style={{ background: gradient(colors.strong) }} aria-hidden="true" />
      <div class="ends">
        {ends.map((end) => (
          <span key={end}>{end}</span>
        ))}
      </div>
    </div>
  );
}
