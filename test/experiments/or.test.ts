import { expect, test } from "vitest";
import { OR } from "../../experiments/one-net/gate.ts";
import { createOneNet, scoresAt, startValues, train } from "../../experiments/one-net/net.ts";
import { or } from "../../experiments/or/index.ts";
import { pacer } from "../../experiments/shared/pacer.ts";
import { expectClose, pull, sharedTests, trained } from "./one-net-cases.ts";
import { proofTest } from "./proofs.ts";

sharedTests(OR, or);
proofTest(or, new URL(import.meta.url), [
  "or: 1e-4 inside the logarithms makes a perfect loss negative and shifts 0.066465 to 0.066358",
]);

test("or: 20,000 steps give w = 1.65, the printed weights need 200,000", async () => {
  const net = createOneNet(OR, { variant: "published", backend: "wasm", dtype: "float64" });
  const { history } = await train(net, startValues(OR, 1, 1), 20_000, pacer());
  expectClose(history.at(-1)!.w, [1.65, 1.64], 0.005);
  expectClose(history.at(-1)!.b, [-0.0149], 1e-4);
  expect(scoresAt(net, OR.inputs)[0]).toBeCloseTo(0.496, 3);
  expectClose((await trained(OR, 200_000)).w, OR.printed.w, 6e-4);
});

test("or: the listing as it stands gives 4.098, the printed 4.636 needs a (1,1) bias", async () => {
  const asListed = await trained(OR, 200_000, { biasColumns: 2 });
  expectClose(asListed.w, [4.098, 4.098, 4.098, 4.098], 6e-4);
  expectClose(asListed.b, [-1.623, -1.623], 6e-4);
  const narrow = await trained(OR, 200_000);
  expectClose(narrow.w, OR.printed.w, 6e-4);
  expectClose(narrow.b, OR.printed.b, 6e-4);
});

test("or: λ·Σw is not the gradient of L2 and does not pull w = (5, -5) at all", async () => {
  expectClose(pull(OR, "published", [5, -5], 1), [0, 0], 1e-9);
  expectClose(pull(OR, "derived", [5, -5], 1), [5, -5], 1e-9);
  expectClose((await trained(OR, 200_000, { variant: "derived" })).w, [4.97, 4.97], 5e-4);
  expectClose((await trained(OR, 200_000)).w, [4.637, 4.637], 5e-4);
});

test("or: the pull on a weight is λ·2w", () => {
  expectClose(pull(OR, "published", [3, 3], 1), [6, 6], 1e-9);
  expectClose(pull(OR, "derived", [3, 3], 1), [3, 3], 1e-9);
});
