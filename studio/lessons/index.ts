/** All lessons, in the order of the tutorials; the general one last. */
import type { Lesson } from "./lesson.ts";
import { and } from "./programs/and.ts";
import { digits } from "./programs/digits.ts";
import { iris } from "./programs/iris.ts";
import { mnist } from "./programs/mnist.ts";
import { moons } from "./programs/moons.ts";
import { not } from "./programs/not.ts";
import { or } from "./programs/or.ts";
import { pencil } from "./programs/pencil.ts";
import { xor } from "./programs/xor.ts";
import { recursion } from "./recursion.ts";

export const lessons: readonly Lesson[] = [and, or, not, xor, iris, mnist, moons, digits, pencil, recursion];

/** The lesson of a name, if there is one. */
export const lessonNamed = (name: string): Lesson | undefined => lessons.find((l) => l.name === name);
