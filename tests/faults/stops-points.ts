// Counts the points at which the background may be stopped, and stops it at one of them. One run at a time.

export const points = {
  /** What has been passed so far, in order; what is passed by a life that is over does not count. */
  passed: [] as string[],
  /** The background is stopped when it passes this point for the `nth` time; null: never. */
  diesAt: null as { point: string; nth: number } | null,
  /** The life that goes on now, and how much it has under way. Whatever an earlier one left waiting never goes on. */
  life: { dead: false, busy: 0 },
  /** Ends the life for the outside. */
  stop: () => {},
};

export const never = new Promise<never>(() => {});

/** A point is passed, unless the background is stopped there. Answers whether it is stopped. */
export function stopsAt(point: string): boolean {
  if (points.life.dead) return true;
  points.passed.push(point);
  const { diesAt } = points;
  if (diesAt?.point === point && --diesAt.nth === 0) {
    points.life.dead = true;
    points.stop();
  }
  return points.life.dead;
}

/**
 * Before what is waited for is called: a life that ends here still finishes its turn, without any effect.
 * @public as what stops-awaits.ts writes into the source calls it
 */
export function begins(id: string): void {
  stopsAt(`${id} begins`);
}

/**
 * After it took effect, before anybody sees the answer.
 * @public like `begins`
 */
export function ends<T>(id: string, promise: T | Promise<T>): Promise<T> {
  const { life } = points;
  const goesOn = () => !life.dead && !stopsAt(`${id} ends`);
  return Promise.resolve(promise).then(
    (value) => (goesOn() ? value : never),
    (error: unknown) => {
      if (goesOn()) throw error;
      return never;
    },
  );
}
