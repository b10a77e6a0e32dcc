import type { Segment } from './api/client';
import { conditionWords } from './condition_words';
import { plural } from './words';

/** Who is in it. */
export function segmentWords({ list, when }: Segment): string {
  if (list) return `A list of ${plural(list.ids.length, list.unit ?? 'user')}`;
  return when ? conditionWords(when) : 'Nobody';
}
