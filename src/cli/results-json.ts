/** The results of `reproduce` as JSON. */

import { probeFeatures } from "papergrad/engine";
import type { ProgramReport } from "../../experiments/types.ts";
import { worstReplay } from "./results.ts";
import { papergradVersion } from "./version.ts";

/** The document, indented. Numbers that are not finite become null. */
export function resultsJson(reports: readonly ProgramReport[], node: string): string {
  const programs = reports.map((report) => {
    const worst = worstReplay(report);
    return {
      program: report.program,
      variant: report.variant,
      dtype: report.dtype,
      backend: report.backend,
      seed: report.seed,
      steps: report.steps,
      seconds: report.seconds,
      result: report.result,
      published: report.published,
      agreement: worst === null ? null : { golden: worst.golden, values: worst.values, digits: worst.digits },
      replays: report.replays,
      weightsHash: report.weightsHash,
    };
  });
  const document = { papergrad: papergradVersion, node, features: probeFeatures(), programs };
  return `${JSON.stringify(document, null, 2)}\n`;
}
