/** The fields of a check's form. Each keeps its text as typed; the check reads it. */
import { useId } from "preact/hooks";
import { t } from "../../language.ts";
import type { Field, Form } from "../checks.ts";
import type { Letters } from "../prose.ts";
import { Words } from "./prose.tsx";

interface Props {
  readonly form: Form;
  readonly answer: readonly string[];
  /** Number of the field that is wrong, if the check named one. */
  readonly wrong?: number | undefined;
  /** Id of the sentence that says what is wrong. */
  readonly verdict?: string | undefined;
  readonly letters: Letters;
  readonly onChange: (field: number, text: string) => void;
}

/** What options are called. */
const MARKS = "ABCDEFGH";

/** What stands in the fields first. */
export function firstAnswer(form: Form): string[] {
  switch (form.kind) {
    case "number":
    case "choice":
      return [""];
    case "matrix":
      return new Array<string>(form.rows * form.cols).fill("");
    case "trial":
      return form.fields.map((field) => String(field.first));
  }
}

export function AnswerFields(props: Props) {
  switch (props.form.kind) {
    case "number":
      return <NumberInput {...props} label={t(props.form.label)} at={0} />;
    case "matrix":
      return <MatrixInputs {...props} form={props.form} />;
    case "choice":
      return <Options {...props} options={props.form.options} />;
    case "trial":
      return (
        <div class="row">
          {props.form.fields.map((field, at) => (
            <Setting key={field.name} {...props} field={field} at={at} />
          ))}
        </div>
      );
  }
}

const invalid = ({ wrong, verdict }: Props, at: number) =>
  wrong === at ? { "aria-invalid": true, "aria-describedby": verdict } : {};

function NumberInput(props: Props & { readonly label: string; readonly at: number }) {
  const id = useId();
  const { label, at, answer, onChange } = props;
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        inputMode="text"
        autocomplete="off"
        value={answer[at] ?? ""}
        {...invalid(props, at)}
        onInput={(event) => onChange(at, event.currentTarget.value)}
      />
    </div>
  );
}

function MatrixInputs(props: Props & { readonly form: Extract<Form, { kind: "matrix" }> }) {
  const { label, rows, cols } = props.form;
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return (
    <fieldset class="matrix-answer">
      <legend class="label">{t(label)}</legend>
      <div class="brackets">
        {range(rows).map((r) => (
          <div key={r} class="matrix-row">
            {range(cols).map((c) => {
              const at = r * cols + c;
              const name = { en: `row ${r + 1}, column ${c + 1}`, zh: `第 ${r + 1} 行第 ${c + 1} 列` };
              return (
                <input
                  key={c}
                  type="text"
                  autocomplete="off"
                  aria-label={t(name)}
                  value={props.answer[at] ?? ""}
                  {...invalid(props, at)}
                  onInput={(event) => props.onChange(at, event.currentTarget.value)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function Options(props: Props & { readonly options: Extract<Form, { kind: "choice" }>["options"] }) {
  const name = useId();
  return (
    <div class="options">
      {props.options.map((option, i) => (
        <label key={option.en} class="option">
          <input
            type="radio"
            name={name}
            checked={props.answer[0] === String(i)}
            onChange={() => props.onChange(0, String(i))}
          />
          <span class="mark">{MARKS[i]}</span>
          <span>
            <Words text={option} letters={props.letters} />
          </span>
        </label>
      ))}
    </div>
  );
}

function Setting(props: Props & { readonly field: Field; readonly at: number }) {
  const id = useId();
  const { field, at, answer, onChange } = props;
  if (field.kind === "number") return <NumberInput {...props} label={t(field.label)} />;
  return (
    <div class="field">
      <label class="label" for={id}>
        {t(field.label)}
      </label>
      <select id={id} value={answer[at]} onChange={(event) => onChange(at, event.currentTarget.value)}>
        {field.words.map((word) => (
          <option key={word.value} value={word.value}>
            {t(word.label)}
          </option>
        ))}
      </select>
    </div>
  );
}
