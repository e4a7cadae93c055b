// The picture of a person, else their initials on one of six muted grounds; the bot's icon for assistants;
// the company's logo where nobody in particular speaks. Decoration: the name always stands beside it.
import { Bot } from 'lucide-preact';
import { useState } from 'preact/hooks';
import type { Author } from '@/lib/core/types';
import { safeHref } from '@/lib/panel/text-parts';
import { usePanel } from './context';
import { initials, pairOf } from './initials';

interface AvatarProps {
  /** Null: the company. */
  person: Author | null;
  size: 'small' | 'medium' | 'large';
}

const botSizes = { small: 12, medium: 16, large: 20 };

export function Avatar({ person, size }: AvatarProps) {
  if (!person || person.kind === 'none') return <Logo size={size} />;
  const url = person.avatarUrl ? safeHref(person.avatarUrl) : null;
  return <Face key={url} person={person} url={url} size={size} />;
}

interface FaceProps {
  person: Author;
  url: string | null;
  size: AvatarProps['size'];
}

function Face({ person, url, size }: FaceProps) {
  const [broken, setBroken] = useState(false);
  const isBot = person.kind === 'bot' || person.kind === 'assistant';
  const style = `avatar avatar-${size} pair-${pairOf(`${person.kind}${person.id ?? person.name}`)}`;
  if (url && !broken)
    return (
      <img
        class={style}
        src={url}
        alt=""
        loading="lazy"
        referrerpolicy="no-referrer"
        onError={() => setBroken(true)}
      />
    );
  return (
    <span class={style} aria-hidden="true">
      {isBot ? <Bot size={botSizes[size]} /> : initials(person.name)}
    </span>
  );
}

function Logo({ size }: { size: string }) {
  const { panel, logoUrl } = usePanel();
  const [broken, setBroken] = useState(false);
  if (!broken)
    return <img class={`avatar avatar-${size} logo`} src={logoUrl} alt="" onError={() => setBroken(true)} />;
  return (
    <span class={`avatar avatar-${size} logo pair-0`} aria-hidden="true">
      {initials(panel.state.site.value?.name ?? '')}
    </span>
  );
}

/** The company's logo above the words of an empty list. */
export function BigLogo() {
  return <Logo size="big" />;
}
