// The words of a message as vnodes: text stays text, addresses become links. Never HTML.
import { textParts } from '@/lib/panel/text-parts';

export function MessageText({ text }: { text: string }) {
  return (
    <>
      {textParts(text).map((part) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a href={part.href} target="_blank" rel="noopener noreferrer" dir="ltr">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
