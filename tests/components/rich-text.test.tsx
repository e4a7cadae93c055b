// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { RichText } from '@/components/rich-text';

afterEach(cleanup);

const drawn = (text: string) => {
  const { container } = render(<RichText text={text} />);
  return container.firstElementChild ?? container;
};
const html = (text: string) => drawn(text).innerHTML;
const links = (text: string) =>
  [...drawn(text).querySelectorAll('a')].map((a) => [a.textContent, a.getAttribute('href')]);

describe('what agents write', () => {
  it.each([
    ['paragraphs', 'one\n\ntwo', '<p dir="auto">one</p><p dir="auto">two</p>'],
    ['line breaks', 'one\ntwo', '<p dir="auto">one\ntwo</p>'],
    ['emphasis', '*a* **b** ~~c~~', '<p dir="auto"><em>a</em> <strong>b</strong> <s>c</s></p>'],
    ['headings as strong words', '## a', '<p dir="auto"><strong>a</strong></p>'],
    ['lists', '- a\n- b', '<ul dir="auto"><li>a</li><li>b</li></ul>'],
    ['numbered lists', '3. a\n4. b', '<ol dir="auto" start="3"><li>a</li><li>b</li></ol>'],
    ['quotes', '> a', '<blockquote dir="auto"><p>a</p></blockquote>'],
    ['code in a line', 'a `<b>`', '<p dir="auto">a <code dir="ltr">&lt;b&gt;</code></p>'],
    ['blocks of code', '```js\na\n```', '<pre class="sideways" dir="ltr" tabindex="0"><code>a</code></pre>'],
    ['rules', 'a\n\n***', '<p dir="auto">a</p><hr>'],
    [
      'tables',
      '|a|b|\n|-|-:|\n|1|2|',
      '<div class="sideways" tabindex="0"><table dir="auto"><thead><tr><th>a</th><th class="right">b</th></tr></thead><tbody><tr><td>1</td><td class="right">2</td></tr></tbody></table></div>',
    ],
    ['HTML as text', '<b onclick="x">a</b>', '<p dir="auto">&lt;b onclick="x"&gt;a&lt;/b&gt;</p>'],
    ['entities as their characters', '&lt;b&gt; &amp; &copy;', '<p dir="auto">&lt;b&gt; &amp; ©</p>'],
  ])('is drawn: %s', (_, text, expected) => expect(html(text)).toBe(expected));

  it.each(['#', '-', '[a]: https://example.com', '![](x)'])(
    'is shown as written where nothing else would be: %j',
    (text) => expect(drawn(text).textContent).toBe(text),
  );

  it.each([
    ['quotes in quotes', '> '.repeat(40)],
    ['lists in lists', '- '.repeat(40)],
    ['emphasis in emphasis', '*a **b '.repeat(20) + 'b** a*'.repeat(20)],
    ['more than anybody writes', '*a* '.repeat(5000)],
  ])('is shown as written where it is too much: %s', (_, piece) => {
    const text = `${piece}words`;
    expect(drawn(text).textContent).toBe(text);
    expect(drawn(text).querySelector('blockquote, li, em')).toBeNull();
  });
});

describe('links in the words of others', () => {
  it('open apart and tell nobody where they were clicked', () => {
    const link = drawn('[a](https://example.com)').querySelector('a');
    expect(link?.getAttribute('target')).toBe('_blank');
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it.each([
    ['[here](https://example.com/a)', 'here', 'https://example.com/a'],
    ['https://example.com/a', 'https://example.com/a', 'https://example.com/a'],
    ['<https://example.com/a>', 'https://example.com/a', 'https://example.com/a'],
    ['[call](tel:+4930123)', 'call', 'tel:+4930123'],
    ['ask@example.com', 'ask@example.com', 'mailto:ask@example.com'],
    ['![a map](https://example.com/m.png)', 'a map', 'https://example.com/m.png'],
    ['![](https://example.com/m%20n.png)', 'm n.png', 'https://example.com/m%20n.png'],
    ['[](https://example.com)', 'example.com', 'https://example.com/'],
    ['[![a](https://a.example/x)](https://example.com)', 'a', 'https://example.com/'],
  ])('are made of %j', (text, words, href) => expect(links(text)).toEqual([[words, href]]));

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVa&#x73;cript:alert(1))',
    '[a](data:text/html,x)',
    '[a](file:///etc/passwd)',
    '[a](/relative)',
    '![a](blob:null/1)',
    '<intent://x#Intent;end>',
  ])('are not made of %j, which stays as written', (text) => {
    expect(links(text)).toEqual([]);
    expect(drawn(text).textContent).toContain(text.replace('&#x73;', 's'));
  });
});
