/** Random training steps: leaves, maps, products, reductions, stores; odd sizes on purpose. */
import type { Graph } from "../../src/graph/graph.ts";
import type { BufferLeaf, Node } from "../../src/graph/nodes.ts";
import { RandomState } from "../../src/random/index.ts";

const SIZES = [1, 3, 5, 13, 17] as const;

export interface RandomStep {
  build(g: Graph): void;
  readonly leaves: readonly { readonly name: string; readonly shape: [number, number] }[];
}

/** The same seed builds the same step. `smooth`: no function in it jumps, so nearly the same numbers stay so. */
export function randomStep(seed: number, smooth = false): RandomStep {
  const sizes = new RandomState(seed);
  const pick = <T>(rs: RandomState, of: readonly T[]): T => of[rs.below(of.length - 1)]!;
  const dims = Array.from({ length: 3 }, () => pick(sizes, SIZES));
  const leaves = Array.from({ length: 5 }, (_, i) => ({
    name: `p${i}`,
    shape: [pick(sizes, [...dims, 1]), pick(sizes, [...dims, 1])] as [number, number],
  }));
  return {
    leaves,
    build(g) {
      const rs = new RandomState(seed + 1);
      const parameters = leaves.map((l) => g.parameter(l.name, l.shape));
      const pool: Node[] = [...parameters];
      for (let i = 0; i < 14; i++) pool.push(randomNode(g, rs, pool, smooth));
      const used = new Set<string>();
      for (const p of parameters) {
        const value = pool.filter((n) => n.shape[0] === p.shape[0] && n.shape[1] === p.shape[1]);
        if (used.has(p.source.name)) continue;
        used.add(p.source.name);
        g.store(p as BufferLeaf, g.tanh(pick(rs, value)));
      }
      pool.slice(-4).forEach((n, i) => {
        g.metric(`m${i}`, g.mean(g.tanh(n)));
      });
    },
  };
}

const JUMPS = new Set<string>(["sign", "floor", "less", "equal"]);

function randomNode(g: Graph, rs: RandomState, pool: readonly Node[], smooth: boolean): Node {
  const any = () => pool[rs.below(pool.length - 1)]!;
  const unary = [
    "neg",
    "abs",
    "sign",
    "tanh",
    "sigmoid",
    "softplus",
    "sin",
    "cos",
    "erf",
    "floor",
    "exp",
  ] as const;
  for (;;) {
    const a = any();
    const b = any();
    switch (rs.below(7)) {
      case 0:
      case 1: {
        const op = unary[rs.below(unary.length - 1)]!;
        if (smooth && JUMPS.has(op)) continue;
        return g[op](g.mul(0.5, g.tanh(a)));
      }
      case 2:
      case 3: {
        const fits = [0, 1].every((i) => a.shape[i] === b.shape[i] || a.shape[i] === 1 || b.shape[i] === 1);
        if (!fits) continue;
        const op = (["add", "sub", "mul", "min", "max", "less", "equal"] as const)[rs.below(6)]!;
        if (smooth && JUMPS.has(op)) continue;
        return g[op](a, b);
      }
      case 4:
        if (smooth) continue;
        return g.select(g.less(a, 0.1), g.square(g.tanh(a)), 0.25);
      case 5: {
        const transposeA = rs.below(1) === 1;
        const transposeB = rs.below(1) === 1;
        if (a.shape[transposeA ? 0 : 1] !== b.shape[transposeB ? 1 : 0]) continue;
        return g.matmul(a, b, { transposeA, transposeB });
      }
      case 6:
        return g.sum(a, (["rows", "cols", "all"] as const)[rs.below(2)]!);
      default:
        return g.maximum(a, (["rows", "cols", "all"] as const)[rs.below(2)]!);
    }
  }
}
