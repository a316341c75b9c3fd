import { expect, test } from "vitest";
import { not } from "../../experiments/not/index.ts";
import { NOT } from "../../experiments/one-net/gate.ts";
import { expectClose, pull, sharedTests, trained } from "./one-net-cases.ts";
import { proofTest } from "./proofs.ts";

sharedTests(NOT, not);
proofTest(not, new URL(import.meta.url), [
  "not: 1e-4 inside the logarithms makes a perfect loss negative and shifts 0.033264 to 0.033160",
]);

test("not: 20,000 steps give w = -2.65, the printed weights need 200,000", async () => {
  const early = await trained(NOT, 20_000);
  expectClose(early.w, [-2.65], 5e-4);
  expectClose(early.b, [1.06], 5e-4);
  const late = await trained(NOT, 200_000);
  expectClose(late.w, NOT.printed.w, 6e-4);
  expectClose(late.b, NOT.printed.b, 6e-4);
});

test("not: with one weight λ·Σw is λ·w and both variants end alike", async () => {
  expectClose(pull(NOT, "published", [3], 1), [3], 1e-9);
  const [published, derived] = [
    await trained(NOT, 200_000),
    await trained(NOT, 200_000, { variant: "derived" }),
  ];
  expectClose(published.w, [derived.w[0]!], 1e-12);
  expectClose(published.b, [derived.b[0]!], 1e-12);
  expect(published.w[0]).toBeLessThan(-6.7);
});
