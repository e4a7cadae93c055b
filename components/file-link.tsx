// An attached file as a link with its name, type and size. Opens in a new tab; a file without a safe address is named only.
import { FileHeadphone, FilePlay, FileSpreadsheet, FileText, Image } from 'lucide-preact';
import type { Attachment } from '@/lib/core/types';
import { isTable, splitName, typeOf } from '@/lib/panel/file-names';
import { safeHref } from '@/lib/panel/text-parts';
import { usePanel } from './context';

export function FileLink({ attachment }: { attachment: Attachment }) {
  const { words } = usePanel();
  const { url, size } = attachment;
  const href = url ? safeHref(url) : null;
  const name = attachment.name || words.text('fileUnnamed');
  const facts = [typeOf(name), size !== null && sizeInWords(size, words.locale)].filter(Boolean).join(' · ');
  const Icon = iconOf(attachment, name);
  const [start, end] = splitName(name);
  const content = (
    <>
      <span class="file-tile" aria-hidden="true">
        <Icon size={16} />
      </span>
      <span class="file-words">
        {/* Names of files stand from left to right in every language. */}
        <bdi class="file-name" dir="ltr" title={name}>
          <span>{start}</span>
          {end && <span>{end}</span>}
        </bdi>
        <span class="file-size">{facts}</span>
      </span>
    </>
  );
  if (!href) return <div class="file">{content}</div>;
  return (
    <a
      class="file"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={[name, facts].filter(Boolean).join(', ')}
    >
      {content}
    </a>
  );
}

function iconOf({ kind }: Attachment, name: string) {
  if (kind === 'image') return Image;
  if (kind === 'audio') return FileHeadphone;
  if (kind === 'video') return FilePlay;
  return isTable(name) ? FileSpreadsheet : FileText;
}

function sizeInWords(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000
      ? [bytes, 'byte']
      : bytes < 1_000_000
        ? [bytes / 1000, 'kilobyte']
        : [bytes / 1_000_000, 'megabyte'];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
