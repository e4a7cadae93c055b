// What a file's name tells: its type, and how to shorten it so that its ending stays. Pure.

/** @returns the ending in capitals (PDF); '' when it is not one that says a type. */
export function typeOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
}

/** @returns the name in two parts; the second one is short and has to be seen. */
export function splitName(name: string): [string, string] {
  if (name.length <= 16) return [name, ''];
  // Letters of other scripts join each other, or stand from right to left: between them nothing may be cut.
  const kept = /[ -~]{9}$/.test(name) ? 8 : name.length - name.lastIndexOf('.');
  return kept < name.length ? [name.slice(0, -kept), name.slice(-kept)] : [name, ''];
}

const tables = new Set(['CSV', 'TSV', 'XLS', 'XLSX', 'ODS', 'NUMBERS']);

export function isTable(name: string): boolean {
  return tables.has(typeOf(name));
}
