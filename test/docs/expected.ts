/**
 * The comment behind an expression, read as the value it shows.
 *
 * `// 0.025` a number, to the digits shown (half a unit of the last one; `1.764…` is cut off, not rounded);
 * `// "text"`, `// true`, `// [1, 2]`, `// Int32Array [1, 2]` (the kind is checked too), `// { a: 1 }` (other keys
 * may be there), `// [1, 2, …]` a beginning. What follows a value after a comma, semicolon, colon or bracket is for
 * the reader. A comment that begins with anything else is prose and checks nothing.
 */

export type Check = (value: unknown) => boolean;

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
  NaN: Number.NaN,
  Infinity: Infinity,
};
const NUMBER = /^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?(…)?/;
const BEGINS = /^(?:→|[-\d."[{]|(?:true|false|null|undefined|NaN|Infinity)\b|\w+Array \[)/;

/**
 * The check a comment asks for; null for prose.
 * @throws {Error} for a comment that begins as a value and is none.
 */
export function expected(comment: string): Check | null {
  if (!BEGINS.test(comment)) return null;
  const reader = new Reader(comment.replace(/^→\s*/, ""));
  const check = reader.value();
  if (!/^(?:$|\s*[,;:(])/.test(reader.rest)) reader.fail("the end, or a comma before the remark");
  return check;
}

class Reader {
  rest: string;
  private readonly whole: string;

  constructor(whole: string) {
    this.whole = whole;
    this.rest = whole;
  }

  value(): Check {
    const kind = this.take(/^(\w+Array) (?=\[)/)?.[1];
    if (this.take(/^\[\s*/)) return this.list(kind);
    if (this.take(/^\{\s*/)) return this.record();
    const text = this.take(/^"(?:[^"\\]|\\.)*"/)?.[0];
    if (text !== undefined) {
      const wanted: string = JSON.parse(text);
      return (value) => value === wanted;
    }
    const number = this.take(NUMBER);
    if (number) return numberCheck(number);
    const word = this.take(/^\w+/)?.[0];
    if (word === undefined || !Object.hasOwn(WORDS, word)) return this.fail("a value");
    return (value) => Object.is(value, WORDS[word]);
  }

  private list(kind: string | undefined): Check {
    const items: Check[] = [];
    let whole = true;
    while (!this.take(/^\s*\]/)) {
      if (this.take(/^…/)) whole = false;
      else items.push(this.value());
      this.take(/^,\s*/);
      if (this.rest === "") this.fail("]");
    }
    return (value) => {
      if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return false;
      if (kind !== undefined && value.constructor.name !== kind) return false;
      const given = Array.from(value as ArrayLike<unknown>);
      return (
        (whole ? given.length === items.length : given.length > items.length) &&
        items.every((check, i) => check(given[i]))
      );
    };
  }

  private record(): Check {
    const fields: [string, Check][] = [];
    while (!this.take(/^\s*\}/)) {
      const name = this.take(/^(\w+):\s*/)?.[1] ?? this.fail("a key and a colon");
      fields.push([name, this.value()]);
      this.take(/^,\s*/);
    }
    return (value) =>
      typeof value === "object" &&
      value !== null &&
      fields.every(([name, check]) => check((value as Record<string, unknown>)[name]));
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest);
    if (match) this.rest = this.rest.slice(match[0].length);
    return match;
  }

  fail(what: string): never {
    throw new Error(`"${this.whole}": expected ${what}, received "${this.rest}".`);
  }
}

/** A whole number is meant exactly; one with decimals or an exponent to its last digit shown. */
function numberCheck([text, decimals, exponent, cut]: RegExpExecArray): Check {
  const wanted = Number(text.replace("…", ""));
  if (decimals === undefined && exponent === undefined && !cut) return (value) => value === wanted;
  const unit = 10 ** (Number(exponent ?? 0) - (decimals?.length ?? 0));
  return (value) => {
    if (typeof value !== "number") return false;
    const off = cut
      ? (value - wanted) * (text.startsWith("-") ? -1 : 1)
      : Math.abs(value - wanted) + unit / 2;
    return off >= -1e-9 * unit && off <= unit * (1 + 1e-9);
  };
}
