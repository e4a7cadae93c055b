// Cards and articles of a message: what they say, and links that open apart. Nothing in here can be pressed but links.
import { BookOpen, ExternalLink } from 'lucide-preact';
import type { Article, Card, CardAction } from '@/lib/core/content';
import { safeHref } from '@/lib/panel/text-parts';
import { usePanel } from './context';
import { Picture } from './picture';

export function Cards({ cards }: { cards: readonly Card[] }) {
  return (
    <>
      {cards.map((card, index) => (
        <CardView key={index} card={card} />
      ))}
    </>
  );
}

function CardView({ card: { title, text, imageUrl, actions } }: { card: Card }) {
  return (
    <section class="card">
      {imageUrl && <Picture url={imageUrl} />}
      {(title || text) && (
        <div class="card-words" dir="auto">
          {title && <h2 class="card-title">{title}</h2>}
          {text && <p class="card-text">{text}</p>}
        </div>
      )}
      {actions.map((action, index) => (
        <Action key={index} action={action} />
      ))}
    </section>
  );
}

function Action({ action: { label, url } }: { action: CardAction }) {
  const { words } = usePanel();
  const href = url === null ? null : safeHref(url);
  // A postback has no call of the server (contract §8.3), and an address that is none leads nowhere.
  if (href === null)
    return (
      <p class="card-row card-hint" dir="auto">
        {words.text('notPressable', { label })}
      </p>
    );
  const name = label || words.text('openLink');
  return (
    <a
      class="card-row card-action mirrors"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={words.text('opensNewTab', { label: name })}
    >
      <bdi>{name}</bdi> <ExternalLink size={16} />
    </a>
  );
}

export function Articles({ articles }: { articles: readonly Article[] }) {
  return (
    <section class="card">
      {articles.map((article, index) => (
        <ArticleRow key={index} article={article} />
      ))}
    </section>
  );
}

function ArticleRow({ article: { title, text, url } }: { article: Article }) {
  const { words } = usePanel();
  const href = url === null ? null : safeHref(url);
  const name = title || words.text('openLink');
  return (
    <div class="card-row article">
      <BookOpen size={18} />
      <div class="article-words" dir="auto">
        {href ? (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={words.text('opensNewTab', { label: name })}
          >
            {name}
          </a>
        ) : (
          <p>{name}</p>
        )}
        {text && <p class="card-text">{text}</p>}
      </div>
    </div>
  );
}
