/** The value of a formula of plain numbers as `openStep(…).cell` writes it: reads the LaTeX, computes in float64. */

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  "\\sigma": (x) => 1 / (1 + Math.exp(-x)),
  "\\operatorname{softplus}": (x) => Math.log1p(Math.exp(x)),
  "\\operatorname{sign}": Math.sign,
  "\\exp": Math.exp,
  "\\ln": Math.log,
  "\\tanh": Math.tanh,
};

const BINARY_FUNCTIONS: Readonly<Record<string, (...x: number[]) => number>> = {
  "\\min": Math.min,
  "\\max": Math.max,
};

/** @throws {Error} where the text has a part that is not read. */
export function formulaValue(latex: string): number {
  let at = 0;
  const space = () => {
    while (/\s/.test(latex[at] ?? "") || latex.startsWith("\\,", at)) at += latex[at] === "\\" ? 2 : 1;
  };
  const sees = (token: string): boolean => {
    space();
    return latex.startsWith(token, at);
  };
  const take = (token: string): boolean => {
    if (!sees(token)) return false;
    at += token.length;
    return true;
  };
  const need = (token: string): void => {
    if (!take(token)) throw new Error(`expected ${token} at ${at} of ${latex}`);
  };
  const list = (end: string): number[] => {
    const found = [sum()];
    while (take(",")) found.push(sum());
    need(end);
    return found;
  };
  const compare = (): number => {
    const left = sum();
    for (const [sign, holds] of [
      ["\\le", (a: number, b: number) => a <= b],
      ["<", (a: number, b: number) => a < b],
      ["=", (a: number, b: number) => a === b],
      ["\\ne", (a: number, b: number) => a !== b],
    ] as const)
      if (take(sign)) return Number(holds(left, sum()));
    throw new Error(`no comparison at ${at} of ${latex}`);
  };

  function atom(): number {
    if (take("\\left(")) {
      const inside = sum();
      need("\\right)");
      return inside;
    }
    if (take("\\left|")) {
      const inside = sum();
      need("\\right|");
      return Math.abs(inside);
    }
    if (take("\\frac{")) {
      const above = sum();
      need("}{");
      const below = sum();
      need("}");
      return above / below;
    }
    if (take("\\sqrt{")) {
      const inside = sum();
      need("}");
      return Math.sqrt(inside);
    }
    if (take("\\mathbf{1}\\left[")) {
      const holds = compare();
      need("\\right]");
      return holds;
    }
    if (take("\\begin{cases}")) {
      const then = sum();
      need("&");
      const holds = compare();
      need("\\\\");
      const otherwise = sum();
      need("& \\text{else}\\end{cases}");
      return holds ? then : otherwise;
    }
    for (const [name, f] of Object.entries(BINARY_FUNCTIONS))
      if (take(`${name}\\left(`)) return f(...list("\\right)"));
    for (const [name, f] of Object.entries(FUNCTIONS))
      if (take(`${name}\\left(`)) return f(list("\\right)")[0]!);
    space();
    const number = /^-?\d+(\.\d+)?/.exec(latex.slice(at));
    if (!number) throw new Error(`not read at ${at} of ${latex}`);
    at += number[0].length;
    return Number(number[0]);
  }
  function factor(): number {
    if (take("-")) return -factor();
    const base = atom();
    if (!take("^{")) return base;
    const exponent = Number(/^-?\d+/.exec(latex.slice(at))![0]);
    at += String(exponent).length;
    need("}");
    return base ** exponent;
  }
  function productOf(): number {
    let value = factor();
    while (take("\\cdot")) value *= factor();
    return value;
  }
  function sum(): number {
    let value = productOf();
    for (;;) {
      if (take("+")) value += productOf();
      else if (take("-")) value -= productOf();
      else return value;
    }
  }
  const value = sum();
  space();
  if (at < latex.length) throw new Error(`rest not read: ${latex.slice(at)}`);
  return value;
}
