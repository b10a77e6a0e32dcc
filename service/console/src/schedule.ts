// When an experiment starts and stops by itself, as it is typed and as it is said.
import type { Experiment } from './api/client';
import { minute } from './words';

type Schedule = NonNullable<Experiment['schedule']>;

/** What a field for date and time shows: UTC, to the minute. */
export const typedInstant = (time: string | null | undefined): string => time?.slice(0, 16) ?? '';

/** What is sent: an empty field takes its part back; nothing at all takes all of it back. */
export function scheduleOf(start: string, stop: string): { start: string | null; stop: string | null } | null {
  const instant = (typed: string) => (typed === '' ? null : `${typed}:00Z`);
  return start === '' && stop === '' ? null : { start: instant(start), stop: instant(stop) };
}

/** "Starts by itself at 2026-03-01 08:00 UTC, stops at 2026-03-15 08:00 UTC." */
export function scheduleWords(schedule: Schedule | undefined): string {
  const { start, stop } = schedule ?? {};
  if (start && stop) return `Starts by itself at ${minute(start)}, stops at ${minute(stop)}.`;
  if (start) return `Starts by itself at ${minute(start)}.`;
  return stop ? `Stops by itself at ${minute(stop)}.` : '';
}
