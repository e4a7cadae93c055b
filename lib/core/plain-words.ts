// The words of a message without the marks of its CommonMark, for where a few words stand in for it: the list, the name of a
// group. Not a reader of CommonMark: what it does not know stays as it is written.

/** So much of a text is looked at: nobody is shown more of it in one place. */
const longest = 1_000;

/** The words alone, in one go over the text: links and pictures by their words, no marks of emphasis, lists and headings. */
export function plainWords(text: string): string {
  return text
    .slice(0, longest)
    .replace(/!?\[([^[\]]{1,300})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/^(?:#{1,6}|>|[-*+]|\d{1,9}[.)]) +(?=\S)/gm, '')
    .replace(/(\*\*|__|~~)(?=\S)(.{1,300}?\S??)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_`])([*_`])(?=[^\s*_`])([^*_`\n]{1,300}?)(?<=\S)\1(?![\p{L}\p{N}*_`])/gu, '$2');
}
