// A picture that somebody sent: its place is kept before it comes, and when it does not. Where it cannot be had it can be asked
// for again.
import { ImageOff } from 'lucide-preact';
import { useState } from 'preact/hooks';
import type { Box } from '@/lib/panel/picture-box';
import { usePanel } from './context';

interface PictureProps {
  /** Of the web. */
  url: string;
  /** Without it the style sheet gives the place. */
  box?: Box;
  /** Its own shape is not known: it is drawn into the box, not over it. */
  isUnmeasured?: boolean;
  /** Makes the whole picture a link to the file, which is named so. */
  name?: string;
}

export function Picture({ url, box, isUnmeasured, name }: PictureProps) {
  const { words } = usePanel();
  const [isBroken, setBroken] = useState(false);
  const place = box && { inlineSize: `${box.width}px`, aspectRatio: `${box.width} / ${box.height}` };
  if (isBroken)
    return (
      <div class="picture broken" style={place}>
        <ImageOff size={18} />
        <span>{words.text('imageMissing')}</span>
        <button type="button" class="text-button accent" onClick={() => setBroken(false)}>
          {words.text('tryAgain')}
        </button>
      </div>
    );
  const image = (
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={() => setBroken(true)}
    />
  );
  if (name === undefined)
    return (
      <div class="picture" style={place}>
        {image}
      </div>
    );
  return (
    <a
      class={isUnmeasured ? 'picture unmeasured' : 'picture'}
      style={place}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={name}
      title={name}
    >
      {image}
    </a>
  );
}
