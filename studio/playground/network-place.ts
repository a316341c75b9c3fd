/** Where the network of a run lies in its panel: the layout of its units, and the features it could have. */
import { type FeatureName, featureNames } from "../data/features.ts";
import { type Layout, layoutNetwork, type PlacedUnit } from "../draw/network-layout.ts";
import type { About } from "../train/protocol.ts";

/** A feature in its place, used or not. */
export interface PlacedFeature {
  readonly name: FeatureName;
  readonly used: boolean;
  readonly place: PlacedUnit;
}

export interface NetworkPlace {
  readonly about: About;
  /** Layer 0 are the features that the network has. */
  readonly layout: Layout;
  readonly features: readonly PlacedFeature[];
  /** The narrowest it can be. */
  readonly least: number;
}

/** Left free above the units for the controls of the layers. */
export const HEADS = 104;
const COLUMN = 104;

/** Lays out a run's network; `all`: with the features that it has not. */
export function placeNetwork(
  about: About,
  used: readonly FeatureName[],
  width: number,
  all: boolean,
): NetworkPlace {
  const shown = all ? featureNames : used;
  const sizes = [shown.length, ...about.units];
  const least = sizes.length * COLUMN;
  const wide = Math.max(width, least);
  const layout = layoutNetwork(sizes, {
    width: wide,
    height: Math.round(Math.max(520, Math.min(760, wide * 0.55))),
    top: HEADS,
    largest: wide > 1100 ? 56 : 46,
  });
  const features = shown.map((name, f) => ({
    name,
    used: used.includes(name),
    place: layout.units[0]![f]!,
  }));
  const inputs = used.map((name, index) => ({ ...features.find((f) => f.name === name)!.place, index }));
  return { about, layout: { ...layout, units: [inputs, ...layout.units.slice(1)] }, features, least };
}
