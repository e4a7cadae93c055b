// The shape of everything in chrome.storage, and the one place where a later version makes its shape out of an
// earlier one. Pure; IndexedDB has its own steps in lib/platform/idb-history.ts.

/** All items by their keys. */
export type Items = Readonly<Record<string, unknown>>;
/** Answers what is written and removed to make items of one version into those of the next. */
export type Step = (items: Items) => { set: Items; remove: readonly string[] };

const key = 'schemaVersion';
/**
 * Acts beside writing, and what a message shows besides its words. What waits is all messages of the person, in plain words:
 * of others' messages none is in this store.
 */
const withActs: Step = (items) => {
  const set: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(items)) {
    const kind = /^session\/[^/]+\/(conversation|outbox|settled)\//.exec(name)?.[1];
    if (!kind || typeof value !== 'object' || value === null) continue;
    if (kind === 'conversation')
      set[name] = { ...value, resolvedHere: false, preview: withFile(Object(value).preview) };
    else if (kind === 'outbox') set[name] = { ...value, act: { kind: 'message' } };
    else set[name] = { ...value, content: { kind: 'plain' }, answer: null, quotedId: null, translations: {} };
  }
  return { set, remove: [] };
};

/** What kind of file it was is not known any more. */
function withFile(preview: unknown): unknown {
  if (typeof preview !== 'object' || preview === null) return null;
  const { hasAttachments, ...rest } = preview as Record<string, unknown>;
  return { ...rest, file: hasAttachments === true ? { kind: 'file', name: null } : null };
}

/** What the server was told of reading and typing, and who a conversation is assigned to. What was read had been told. */
const withTold: Step = (items) => {
  const set: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(items)) {
    const kind = /^session\/[^/]+\/(contact$|conversation\/)/.exec(name)?.[1];
    if (!kind || typeof value !== 'object' || value === null) continue;
    if (kind === 'contact') set[name] = { ...value, typingIn: null };
    else set[name] = { ...value, assignee: null, toldUpTo: Object(value).readUpTo };
  }
  return { set, remove: [] };
};

/** `steps[n]` leads from version n + 1 to n + 2. */
const released: readonly Step[] = [withActs, withTold];

/** The item that says in which shape everything is stored; written with the first of them. */
export const versionItem = { [key]: released.length + 1 };

/**
 * The items in our shape, and what has to be written for that (null: nothing). Answers null for items of a newer
 * version, or of none that can be read: those must be left untouched.
 */
export function migrate(
  items: Items,
  steps: readonly Step[] = released,
): { items: Items; change: { set: Record<string, unknown>; remove: string[] } | null } | null {
  const stored = items[key] ?? (Object.keys(items).length > 0 ? 1 : steps.length + 1);
  if (!Number.isInteger(stored) || (stored as number) < 1 || (stored as number) > steps.length + 1)
    return null;
  const due = steps.slice((stored as number) - 1);
  if (due.length === 0) return { items, change: null };
  const after = new Map(Object.entries(items));
  const touched = new Set<string>([key]);
  for (const step of due) {
    const { set, remove } = step(Object.fromEntries(after));
    for (const gone of remove) after.delete(gone);
    for (const [name, value] of Object.entries(set)) after.set(name, value);
    for (const name of [...remove, ...Object.keys(set)]) touched.add(name);
  }
  after.set(key, steps.length + 1);
  const set = Object.fromEntries(
    [...touched].flatMap((name) => (after.has(name) ? [[name, after.get(name)]] : [])),
  );
  return {
    items: Object.fromEntries(after),
    change: { set, remove: [...touched].filter((name) => !after.has(name)) },
  };
}
