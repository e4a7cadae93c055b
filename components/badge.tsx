// How many messages wait to be read. For the eyes: what it stands beside says it in its name.

/** Draws nothing for none. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="badge" aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  );
}
