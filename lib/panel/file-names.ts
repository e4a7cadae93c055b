// What a file's name tells: its type, and how to shorten it so that its ending stays. Pure.

/** @returns the ending in capitals (PDF); '' when it is not one that says a type. */
export function typeOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
}

/** @returns the name in two parts; the second one is short and has to be seen. */
export function splitName(name: string): [string, string] {
  const characters = [...name];
  const kept = 8;
  return [characters.slice(0, -kept).join(''), characters.slice(-kept).join('')];
}

const tables = new Set(['CSV', 'TSV', 'XLS', 'XLSX', 'ODS', 'NUMBERS']);

export function isTable(name: string): boolean {
  return tables.has(typeOf(name));
}
