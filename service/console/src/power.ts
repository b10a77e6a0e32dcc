// How large, how long, how small a change: two of them follow from the third.
import type { Experiment, Lookback, Metric, SampleSize, SampleSizeQuestion, Sensitivity } from './api/client';
import type { Draft } from './draft';

/** What is known of the goal before: what an earlier experiment's control showed, or what is typed. */
export interface Before {
  experiment: string; // empty: typed; ownHistory: what the shop's own events say
  figure: string; // a percentage, or a mean
  deviation: string;
  perDay: string;
  own?: Own | null;
}

/** Stands for the shop's own history where an experiment could: no key is written so. */
export const ownHistory = '*';

/** What a metric's history gives to plan by: units a day, and in the slowest and the fastest week. */
export interface Own {
  baseline: SampleSizeQuestion['baseline'];
  perDay: number;
  slowest: number | null;
  fastest: number | null;
}

/** `coverage`: percent of the units that would take part. */
export function ownOf(found: Sensitivity | undefined, back: Lookback | undefined, coverage: number): Own | null {
  const { mean = null, slowest = null, fastest = null } = back?.units_per_day ?? {};
  if (!found?.baseline || mean === null) return null;
  const { kind, mean: figure, variance, answering } = found.baseline;
  if (!(figure > 0)) return null;
  const part = (units: number | null) => (units === null ? null : (units * coverage) / 100);
  const baseline = kind === 'rate' ? { rate: figure, answering } : { mean: figure, deviation: Math.sqrt(variance), answering };
  return { baseline, perDay: part(mean)!, slowest: part(slowest), fastest: part(fastest) };
}

export type Lead = 'change' | 'units' | 'days';

const shares = new Set(['proportion', 'retention', 'churn', 'funnel']);
export const isShare = (metric: Metric | undefined): boolean => metric !== undefined && shares.has(metric.kind);

export const goalOf = (draft: Draft): string =>
  draft.metrics.find(({ role, metric }) => role === 'goal' && metric !== '')?.metric ?? '';

/** Experiments that have run and judged this metric, the latest first. */
export function precedents(metric: string, experiments: Experiment[]): Experiment[] {
  const start = ({ phases }: Experiment) => phases[0]?.started_at ?? '';
  return experiments
    .filter(({ plan, phases }) => phases.length > 0 && plan.metrics?.some((each) => each.metric === metric))
    .sort((a, b) => start(b).localeCompare(start(a)));
}

function baselineOf(before: Before, goal: Metric): SampleSizeQuestion['baseline'] {
  const figure = Number(before.figure);
  if (before.figure === '' || !(figure > 0)) return null;
  if (isShare(goal)) return figure < 100 ? { rate: figure / 100 } : null;
  const deviation = Number(before.deviation);
  return deviation > 0 ? { mean: figure, deviation } : null;
}

/** What to ask the service; null while too little is known. `perDay` is what it said last of an earlier experiment. */
export function questionOf(draft: Draft, before: Before, goal: Metric | undefined, lead: Lead, days: string): SampleSizeQuestion | null {
  if (!goal) return null;
  const weights = draft.variants.map(({ weight }) => Number(weight));
  if (weights.length < 2 || !weights.every((weight) => weight > 0)) return null;
  const own = before.experiment === ownHistory ? before.own ?? null : null;
  const precedent = before.experiment !== '' && before.experiment !== ownHistory;
  const perDay = Number(before.perDay) || own?.perDay || 0;
  const units = lead === 'days' ? Number(days) * perDay : Number(draft.units);
  const change = (Number(draft.smallest) / 100) * (goal.direction === 'decrease' ? -1 : 1);
  if (lead === 'change' ? !(Math.abs(change) > 0) : !(units >= 2)) return null;
  const baseline = precedent ? null : before.experiment === ownHistory ? own?.baseline : baselineOf(before, goal);
  if (!precedent && !baseline) return null;
  return {
    ...(precedent ? { experiment: before.experiment, metric: goal.key } : { baseline: baseline! }),
    ...(lead === 'change' ? { effect: { relative: change } } : { units: Math.round(units), direction: change < 0 || goal.direction === 'decrease' ? 'drop' : 'rise' }),
    ...(perDay > 0 && { units_per_day: perDay }),
    alpha: Number(draft.alpha) / 100,
    weights,
    goals: Math.max(1, draft.metrics.filter(({ role, metric }) => role === 'goal' && metric !== '').length),
    method: draft.method === 'fixed-horizon' ? 'fixed-horizon' : 'always-valid',
  };
}

/** Two digits tell enough of a change. */
const twoDigits = (value: number): string => String(Number(value.toPrecision(2)));

/** What follows for the plan from the answer. */
export function followed(answer: SampleSize, lead: Lead): Partial<Draft> {
  const units = String(Math.ceil(answer.units));
  if (lead === 'change') return { units };
  const smallest = answer.effect.relative == null ? '' : twoDigits(Math.abs(answer.effect.relative) * 100);
  return lead === 'units' ? { smallest } : { smallest, units };
}

export const daysOf = (units: string, perDay: number | null): string =>
  perDay && units ? String(Math.max(1, Math.ceil(Number(units) / perDay))) : '';
