// What became of what was sent, by hour and by who sent it.
import type { LedgerLine } from './api/client';

export const outcomes = [['stored', 'Stored'], ['duplicate', 'Sent before'], ['quarantined', 'Kept aside'], ['refused', 'Refused']] as const;
export type Outcome = (typeof outcomes)[number][0];
export type Counts = Record<Outcome, number>;

const none = (): Counts => ({ stored: 0, duplicate: 0, quarantined: 0, refused: 0 });

const add = (sum: Counts, line: Counts): Counts => ({
  stored: sum.stored + line.stored, duplicate: sum.duplicate + line.duplicate,
  quarantined: sum.quarantined + line.quarantined, refused: sum.refused + line.refused,
});

export const sent = ({ stored, duplicate, quarantined, refused }: Counts): number => stored + duplicate + quarantined + refused;

/** Sums by a member, the largest first. */
export function by(lines: LedgerLine[], member: 'key' | 'experiment'): [string | null, Counts][] {
  const sums = new Map<string | null, Counts>();
  for (const line of lines) sums.set(line[member], add(sums.get(line[member]) ?? none(), line));
  return [...sums].sort(([, a], [, b]) => sent(b) - sent(a));
}

const hour = 3_600_000;

/** Every span of so many hours up to the end of this hour, empty ones too. */
export function spans(lines: LedgerLine[], now: number, hours: number, width: number): { from: number; counts: Counts }[] {
  const end = (Math.floor(now / hour) + 1) * hour;
  const all = Array.from({ length: hours / width }, (_, index) => ({ from: end - hours * hour + index * width * hour, counts: none() }));
  for (const line of lines) {
    const place = all[Math.floor((Date.parse(line.hour) - all[0]!.from) / (width * hour))];
    if (place) place.counts = add(place.counts, line);
  }
  return all;
}
