/** The report's marks: what is fine, what to look at, what is in the way. */
const paths = {
  ok: 'M4 12.5l5.5 5.5L20 6.5',
  todo: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16',
  warn: 'M12 4v10M12 19.5v.01',
  block: 'M5 5l14 14M19 5L5 19',
} as const;

export type Level = keyof typeof paths;

export function Sign({ level }: { level: Level }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={paths[level]} /></svg>;
}
