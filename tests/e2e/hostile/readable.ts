// Which files can be read from where this runs.

/** Those of the addresses that give an answer. */
export async function readable(files: readonly string[]): Promise<string[]> {
  const answers = files.map((file) =>
    fetch(file).then(
      () => [file],
      () => [],
    ),
  );
  return (await Promise.all(answers)).flat();
}
