/** The list that a text says; null if it says none. Commas of both scripts and spaces separate. */
export function widthsFrom(text: string, layers: number, units: number): number[] | null {
  const widths = text.split(/[\s,，、]+/).filter((part) => part !== "");
  const numbers = widths.map(Number);
  const good = numbers.every((n) => Number.isInteger(n) && n >= 1 && n <= units);
  return good && numbers.length >= 1 && numbers.length <= layers ? numbers : null;
}
