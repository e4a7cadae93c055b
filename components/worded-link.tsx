// A link in the words of somebody else, who may want it to look like another one.
import { type ComponentChild, isValidElement } from 'preact';
import { hiddenTarget, nameOfTarget } from '@/lib/panel/link-target';
import { safeHref } from '@/lib/panel/text-parts';

interface WordedLinkProps {
  /** As it came: a link only where it is a safe address. */
  href: string;
  children: ComponentChild;
}

/** Opens apart, without telling where from; says where it leads if its words say something else, or nothing. */
export function WordedLink({ href, children }: WordedLinkProps) {
  const address = safeHref(href);
  if (!address) return <>{children}</>;
  const words = wordsOf(children);
  const isNamed = /[^\s\p{Cf}]/u.test(words);
  const hidden = isNamed && hiddenTarget(words, address);
  // Addresses keep their order; other words have that of their own letters.
  const isAddress = !isNamed || /^\s*(?:\w+:|www\.)\S+\s*$/i.test(words);
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" {...(isAddress && { dir: 'ltr' })}>
      {isNamed ? children : nameOfTarget(address)}
      {hidden && <bdi dir="ltr"> ({hidden})</bdi>}
    </a>
  );
}

function wordsOf(child: ComponentChild): string {
  if (Array.isArray(child)) return child.map(wordsOf).join('');
  if (isValidElement(child)) return wordsOf(child.props.children);
  return typeof child === 'string' ? child : '';
}
