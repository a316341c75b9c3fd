/** Rows of the test part that are among the training rows: the test then measures memory. */
import type { Finding } from "./finding.ts";
import type { DataSnapshot, Numbers } from "./snapshot.ts";
import { list, percent } from "./text.ts";

/** Share of the test rows from which on the test cannot be trusted. */
const MANY = 0.05;

export function duplicateFindings({ x, test }: DataSnapshot): Finding[] {
  if (test === null || test.x.shape[1] !== x.shape[1]) return [];
  const seen = new Map<string, number>();
  for (let r = 0; r < x.shape[0]; r++) seen.set(rowKey(x, r), r);
  const rows: number[] = [];
  let twin = -1;
  for (let r = 0; r < test.x.shape[0]; r++) {
    const found = seen.get(rowKey(test.x, r));
    if (found === undefined) continue;
    if (rows.length === 0) twin = found;
    rows.push(r);
  }
  if (rows.length === 0) return [];
  const share = rows.length / test.x.shape[0];
  const shown = list(rows);
  return [
    {
      kind: "duplicate-rows",
      severity: share >= MANY ? "warning" : "note",
      where: { data: "test", rows },
      evidence: { count: rows.length, share, twin },
      message: {
        en: `${rows.length} of ${test.x.shape[0]} test rows (${percent(share)}) also stand among the training rows: test ${rows.length === 1 ? "row" : "rows"} ${shown.en}; row ${rows[0]} is training row ${twin}.`,
        zh: `${test.x.shape[0]} 个测试样本中有 ${rows.length} 个（${percent(share)}）也在训练样本中：测试第 ${shown.zh}行；其中第 ${rows[0]} 行就是训练第 ${twin} 行。`,
      },
      cure: {
        en: "Take equal rows into the same part before splitting, or drop them from the test.",
        zh: "划分之前让相同的行归入同一部分，或从测试集中删去它们。",
      },
    },
  ];
}

function rowKey({ data, shape }: Numbers, r: number): string {
  let key = "";
  for (let c = 0; c < shape[1]; c++) key += `${data[r * shape[1] + c]} `;
  return key;
}
