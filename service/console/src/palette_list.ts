// What can be jumped to, the closest first.
import { fold } from './search';

export interface Target {
  href: string;
  words: string;
  what: string; // "Flag"
}

/** Starts with it, a word starts with it, has it, or has all its words. */
function rank(words: string, sought: string): number {
  if (sought === '') return 0;
  if (words.startsWith(sought)) return 0;
  if (words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) return 1;
  if (words.includes(sought)) return 2;
  return sought.split(/\s+/).every((part) => words.includes(part)) ? 3 : -1;
}

/** At most so many; equal ones as they stand. */
export function closest(all: Target[], sought: string, most: number): Target[] {
  const text = fold(sought.trim());
  const ranked = all.flatMap((target) => {
    const names = [fold(target.words), fold(`${target.words} ${target.what}`), fold(decodeURIComponent(target.href.split('/').at(-1) ?? ''))];
    const ranks = names.map((name) => rank(name, text)).filter((each) => each >= 0);
    return ranks.length > 0 ? [{ target, rank: Math.min(...ranks) }] : [];
  });
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ target }) => target);
}
