// Whether a flag has done its work and can leave the code.
import type { Change, Experiment, Flag } from './api/client';
import { valueWords } from './values';

const day = 24 * 3600 * 1000;
export const staleAfter = 30; // days

export const isOver = (experiment: Experiment | undefined): boolean => experiment?.state === 'stopped' || experiment?.state === 'archived';

/** By key: when somebody last changed it. */
export const changedAt = (changes: Change[]): Map<string, string> => {
  const latest = new Map<string, string>();
  for (const { key, at } of changes) if (at > (latest.get(key) ?? '')) latest.set(key, at);
  return latest;
};

/** What everybody gets; nothing where it differs. Rules of experiments that are over decide nothing. */
export function servedToAll(flag: Flag, experiments: Map<string, Experiment>): { value: unknown } | null {
  if (!flag.enabled) return { value: flag.off_value };
  for (const rule of flag.rules) {
    if (rule.experiment !== undefined && isOver(experiments.get(rule.experiment))) continue;
    return rule.experiment === undefined && !rule.when && !rule.rollout ? { value: rule.give } : null;
  }
  return { value: flag.default };
}

/** "Everybody has got true for 45 days"; nothing where that is no news. */
export function staleWords(flag: Flag, experiments: Map<string, Experiment>, changed: string | undefined, now: number): string {
  const served = servedToAll(flag, experiments);
  if (!served || flag.archived || changed === undefined) return '';
  const ended = flag.rules.map(({ experiment }) => experiments.get(experiment ?? '')?.phases.at(-1)?.ended_at ?? '');
  const since = [changed, ...ended].sort().at(-1)!;
  const days = Math.floor((now - Date.parse(since)) / day);
  return days >= staleAfter ? `Everybody has got ${valueWords(served.value)} for ${days} days` : '';
}
