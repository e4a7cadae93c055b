// How much a fault run does, and with which luck: few sends with every test, all of them on demand; any run again by
// its seed. Must not know what is run.

/** `CARBONCHAT_FAULTS=full` asks for the whole count. */
export function scaled(few: number, all: number): number {
  return process.env.CARBONCHAT_FAULTS === 'full' ? all : few;
}

/** A seed that is printed; `CARBONCHAT_SEED` repeats a run. */
export function printedSeed(what: string): number {
  const given = process.env.CARBONCHAT_SEED;
  const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
  console.log(`${what}: seed ${seed} (again with CARBONCHAT_SEED=${seed})`);
  return seed;
}
