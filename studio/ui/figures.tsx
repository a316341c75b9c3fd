/** A few numbers with their names, in columns as wide as there is room for. */
import { type Text, t } from "../language.ts";
import "./figures.css";

export function Figures({ rows }: { readonly rows: readonly (readonly [name: Text, value: string])[] }) {
  return (
    <dl class="figures">
      {rows.map(([name, value]) => (
        <div key={name.en}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
