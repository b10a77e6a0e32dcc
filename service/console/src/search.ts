/** Without case and accents, as people type it. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word of what is sought is somewhere in the texts. */
export function matches(sought: string, ...texts: string[]): boolean {
  const all = fold(texts.join('\n'));
  return fold(sought).split(/\s+/).every((word) => all.includes(word));
}
