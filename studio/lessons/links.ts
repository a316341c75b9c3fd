/** Links of lessons into other rooms, made from records that the schema has checked. */
import type * as v from "valibot";
import { firstPage, type PencilPage, pageText } from "../pencil/page.ts";
import { FIRST } from "../playground/first.ts";
import { experimentOf, type schema } from "../state/experiment.ts";
import { encode } from "../state/url.ts";

/** The query of a page of Pencil. */
export const paper = (given: Partial<PencilPage> & Pick<PencilPage, "program">): string =>
  pageText.encode({ ...firstPage, ...given });

/** The query of a state of the playground. */
export const playground = (given: v.InferInput<typeof schema>): string => encode(experimentOf(given), FIRST);
