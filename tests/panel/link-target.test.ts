import { describe, expect, it } from 'vitest';
import { hiddenTarget, nameOfTarget } from '@/lib/panel/link-target';

describe('where a link leads', () => {
  it.each([
    ['https://bank.example', 'https://evil.example/', 'evil.example'],
    ['Go to bank.example now', 'https://evil.example/a', 'evil.example'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['ｂａｎｋ．example', 'https://evil.example/', 'evil.example'],
    ['bank。example', 'https://evil.example/', 'evil.example'],
    ['bank\u200b.example', 'https://evil.example/', 'evil.example'],
    ['\u202eelpmaxe.knab', 'https://evil.example/', 'evil.example'],
    ['192.168.0.1', 'https://evil.example/', 'evil.example'],
    ['bank.example', 'https://evil.example:8443/', 'evil.example:8443'],
    ['billing@bank.example', 'mailto:me@evil.example', 'me@evil.example'],
    ['bank.example', 'mailto:me@evil.example', 'me@evil.example'],
    ['+49 30 123456', 'tel:+1900666666', '+1900666666'],
    ['https://bank.example', 'tel:+1900666666', '+1900666666'],
  ])('is told beside %j, which names something else', (words, href, told) =>
    expect(hiddenTarget(words, href)).toBe(told),
  );

  it.each([
    ['here', 'https://example.com/'],
    ['example.com', 'https://example.com/'],
    ['www.Example.com/a/file.pdf', 'https://example.com/a/file.pdf'],
    ['https://example.com/other.example', 'https://example.com/'],
    ['See example.com.', 'https://www.example.com/'],
    ['https://müller.example/', 'https://xn--mller-kva.example/'],
    ['ask@example.com', 'mailto:ask@example.com'],
    ['+49 (30) 123-456', 'tel:+4930123456'],
    ['version 10.12', 'https://example.com/'],
  ])('is not told beside %j', (words, href) => expect(hiddenTarget(words, href)).toBeNull());

  it('is looked for in bounded work, however long the words are', () => {
    expect(hiddenTarget('a.'.repeat(100_000), 'https://example.com/')).toBeNull();
  });

  it.each([
    ['https://example.com/a/b%20c.png?x=1', 'b c.png'],
    ['https://example.com/', 'example.com'],
    ['https://example.com/%E2%80%AEgnp.exe', 'gnp.exe'],
    ['https://example.com/%', '%'],
    ['mailto:ask@example.com', 'ask@example.com'],
  ])('names %s by its file, else its host', (href, name) => expect(nameOfTarget(href)).toBe(name));
});
