/**
 * The cells by which threads speak to each other: int32 numbers in the first bytes of the shared memory, which
 * belong to no Program. Byte addresses; JavaScript uses them divided by four.
 */
export const CELLS = {
  /** Counts the orders given to the workers; they sleep on it. */
  order: 4,
  /** What to do: the number of a Program, or −1 for "end". */
  program: 8,
  /** The arguments of `run`. */
  first: 12,
  from: 16,
  steps: 20,
  /** Address of the table of modules, see `team.ts`. */
  code: 24,
  /** Workers that wait for their first order. */
  ready: 28,
  /** Workers that are done with the present order. */
  finished: 32,
  /** 0, or the number of the thread that failed; −1: some thread did not come to a barrier in time. */
  failed: 36,
  /** Arrivals at barriers since the order was given. */
  arrived: 40,
  /** Threads asleep at a barrier. */
  asleep: 44,
  /** Steps after which to end: as many as ordered, or fewer after a halt. */
  stop: 48,
} as const;
