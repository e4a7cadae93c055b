// What the thread of a panel shows now.
import type { Panel } from '@/lib/panel/panel';
import { type ThreadItem, threadItems } from '@/lib/panel/thread-items';

export const itemsOf = (panel: Panel): ThreadItem[] => threadItems(panel.thread.content.value, []);
