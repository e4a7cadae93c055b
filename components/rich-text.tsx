// The words of others as they meant them: tokens of CommonMark become vnodes, only of the elements named here. Never
// HTML: what looks like it is text.
import type { Token } from 'markdown-it';
import { type ComponentChild, Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { readMarkdown } from './markdown';
import { MessageText } from './message-text';
import { WordedLink } from './worded-link';

/** A text that is too much to be read as CommonMark is shown as it was written. */
export function RichText({ text }: { text: string }) {
  return useMemo(() => {
    const reading = readMarkdown(text);
    if (reading) return <div class="rich">{build(reading.tokens)}</div>;
    return (
      <div dir="auto">
        <MessageText text={text} />
      </div>
    );
  }, [text]);
}

/** An element that is open, with what it holds so far. */
interface Open {
  token: Token | null;
  children: ComponentChild[];
}

function build(tokens: readonly Token[]): ComponentChild[] {
  const blocks: ComponentChild[] = [];
  const stack: Open[] = [{ token: null, children: blocks }];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (token.nesting === 1) stack.push({ token, children: [] });
    else if (token.nesting === -1 && top?.token) {
      stack.pop();
      stack.at(-1)?.children.push(element(top.token, top.children, stack.length === 1));
    } else if (top) add(top.children, leaf(token, stack));
  }
  return blocks;
}

/** Words beside words are one text: fewer nodes, and whole words for those who look at them. */
function add(children: ComponentChild[], child: ComponentChild): void {
  const last = children.at(-1);
  if (typeof child === 'string' && typeof last === 'string') children[children.length - 1] = last + child;
  else children.push(child);
}

const plain = [...['p', 'blockquote', 'ul', 'li', 'strong', 'em', 's'], ...['thead', 'tbody', 'tr']];

function element(token: Token, children: ComponentChild[], isBlock: boolean): ComponentChild {
  const { tag } = token;
  // Every block finds its own direction; those within it follow their own words by the style sheet.
  const direction = isBlock ? ({ dir: 'auto' } as const) : {};
  if (tag === 'a') return <WordedLink href={attribute(token, 'href')}>{children}</WordedLink>;
  if (token.hidden) return <Fragment>{children}</Fragment>;
  if (/^h\d$/.test(tag))
    return (
      <p {...direction}>
        <strong>{children}</strong>
      </p>
    );
  if (tag === 'ol') {
    const start = Number(attribute(token, 'start') || 1);
    return (
      <ol {...direction} start={start} {...(start > 99 && { class: 'wide' })}>
        {children}
      </ol>
    );
  }
  if (tag === 'table')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      <div class="sideways" tabIndex={0}>
        <table {...direction}>{children}</table>
      </div>
    );
  if (tag === 'th' || tag === 'td') return h(tag, { class: alignment(token) }, children);
  return plain.includes(tag) ? h(tag, direction, children) : <Fragment>{children}</Fragment>;
}

function leaf(token: Token, around: readonly Open[]): ComponentChild {
  const { type, content } = token;
  if (type === 'softbreak' || type === 'hardbreak') return '\n';
  if (type === 'hr') return <hr />;
  if (type === 'code_inline') return <code dir="ltr">{content}</code>;
  if (type === 'fence' || type === 'code_block')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      <pre class="sideways" dir="ltr" tabIndex={0}>
        <code>{content.replace(/\n$/, '')}</code>
      </pre>
    );
  if (type !== 'image') return content;
  const words = (token.children ?? []).map((child) => child.content).join('');
  // No link within a link, and no picture that would tell its server who reads.
  if (around.some((open) => open.token?.tag === 'a')) return words;
  return <WordedLink href={attribute(token, 'src')}>{[words]}</WordedLink>;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

/** A class, since no style may come from outside. */
function alignment(token: Token): string | undefined {
  return /right|center/.exec(attribute(token, 'style'))?.[0];
}
