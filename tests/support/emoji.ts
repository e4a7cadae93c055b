// `npm run emoji`: makes the lists in components/emoji again, after emojibase-data has another version.
import { writeFileSync } from 'node:fs';
import { emojiData } from '../../lib/build/emoji-data';

for (const language of ['en', 'de'] as const)
  writeFileSync(`components/emoji/${language}.json`, `${JSON.stringify(emojiData(language), null, 2)}\n`);
