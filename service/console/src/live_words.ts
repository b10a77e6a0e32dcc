// What is said of a stream: how old the figures are, and where a look is that takes long.
import type { LiveState } from './api/client';
import { day, second } from './words';

export interface Stage {
  stage: 'load' | 'check' | 'estimate' | 'decide';
  done: number;
  of: number;
}

/** waiting: nothing has come yet; live: it comes by itself; broken: it is tried again; none: it cannot be had; over: nothing more will come. */
export type Link = 'waiting' | 'live' | 'broken' | 'none' | 'over';

/** "14:05:10 UTC" */
export const clockWords = (time: string): string => second(time).slice(11);

/** "40 s", "3 min", "5 h", "2 days" */
export function ageWords(seconds: number): string {
  if (seconds < 90) return `${Math.floor(seconds)} s`;
  if (seconds < 5_400) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** "data up to 14:05:10 UTC, 40 s ago"; of another day with its date. `since`: seconds since it was said. */
export function freshWords({ data_until: until, at, lag_seconds: lag }: Pick<LiveState, 'data_until' | 'at' | 'lag_seconds'>, since: number): string {
  if (until == null) return 'no data yet';
  const told = day(until) === day(at) ? clockWords(until) : second(until);
  return `data up to ${told}, ${ageWords((lag ?? 0) + since)} ago`;
}

const linkText: Record<Link, string> = {
  waiting: 'Waiting for the first figures.',
  live: 'Live',
  broken: 'The connection is lost: these figures may be old. It is tried again.',
  none: 'No live figures: asked for every few seconds.',
  over: 'It has ended: these figures stay.',
};
export const linkWords = (link: Link): string => linkText[link];

const stageText: Record<Stage['stage'], string> = {
  load: 'Reading events',
  check: 'Looking at the data',
  estimate: 'Estimating',
  decide: 'Deciding',
};

/** "Estimating: 3 of 50 metrics" */
export function stageWords({ stage, done, of }: Stage): string {
  if (of === 0) return stageText[stage];
  return stage === 'load' ? `${stageText.load}: ${Math.floor((100 * done) / of)} %` : `${stageText[stage]}: ${done} of ${of} metrics`;
}
