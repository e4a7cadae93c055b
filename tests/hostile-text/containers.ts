// The ways in which a message can hold an address, in CommonMark and in HTML.

export const containers: readonly ((url: string) => string)[] = [
  (url) => `[click](${url})`,
  (url) => `[click](<${url}> "title")`,
  (url) => `![picture](${url})`,
  (url) => `<${url}>`,
  (url) => `[click][r]\n\n[r]: ${url}`,
  (url) => `[click]\n\n[click]: <${url}> 'title'`,
  (url) => `[![picture](${url})](${url})`,
  (url) => `[https://bank.example](${url})`,
  (url) => `<a href="${url}">click</a>`,
  (url) => `<img src="${url}"><iframe src="${url}"></iframe><embed src="${url}">`,
];
