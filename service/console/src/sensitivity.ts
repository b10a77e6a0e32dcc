// What a metric's own history says of planning with it, in words.
import type { Sensitivity } from './api/client';
import { grouped } from './words';

const why: Record<string, string> = {
  no_data: 'Nobody was seen in that time.', not_mature: 'No window of it has closed in that time: it is longer than the history.',
  insufficient_data: 'Too few units have a figure.', zero_variance: 'Every unit has the same figure: no event that counts came in.',
  zero_denominator: 'Its denominator is zero.', unsupported_kind: 'It is a quantile, of which no unit has a figure: plan from an earlier experiment that measured it.',
};

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** "12.3 % of units", "a mean of 4.98, standard deviation 9.55" */
export function baselineWords(of: Sensitivity): string {
  const { baseline } = of;
  if (!baseline) return why[of.status] ?? of.status;
  const answering = baseline.answering < 0.9995 ? `; ${short(baseline.answering * 100)} % have a figure` : '';
  if (baseline.kind === 'rate') return `${short(baseline.mean * 100)} % of units${answering}`;
  return `a mean of ${short(baseline.mean)}, standard deviation ${short(Math.sqrt(baseline.variance))}${answering}`;
}

const whole = (days: number): number => Math.max(1, Math.ceil(days));

/** "9 days", "9 days (8 to 12)" */
export function daysWords({ days, days_fastest: fastest, days_slowest: slowest }: Sensitivity['changes'][number]): string {
  if (days === null) return 'nobody knows how long';
  if (days > 3650) return 'more than ten years';
  const range = fastest !== null && slowest !== null && whole(fastest) !== whole(slowest) ? ` (${grouped(whole(fastest))} to ${grouped(whole(slowest))})` : '';
  return `${grouped(whole(days))} day${whole(days) === 1 && range === '' ? '' : 's'}${range}`;
}

/** For a line of the catalogue. */
export function briefly(of: Sensitivity | undefined): string {
  const first = of?.changes[0];
  if (!of || !first || first.days === null) return '';
  return `1 % in ${daysWords({ ...first, days_fastest: null, days_slowest: null })}`;
}
