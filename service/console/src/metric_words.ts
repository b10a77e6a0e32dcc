// A metric as people say it, and as it is reckoned (service/judge/README.md has the table of kinds).
import type { Metric } from './api/client';
import { operatorWords } from './condition_words';

type Filter = Metric['filter'];

function filterWords(filter: Filter): string {
  const tests = (filter ?? []).map(([property, operator, operand]) =>
    operator === 'exists' ? `${property} is ${operand === false ? 'missing' : 'there'}` : `${property} ${operatorWords(String(operator))} ${Array.isArray(operand) ? operand.join(', ') : String(operand)}`);
  return tests.length > 0 ? ` (where ${tests.join(' and ')})` : '';
}

const eventWords = (event: string, filter: Filter): string => (event === '*' ? 'any event' : event) + filterWords(filter);

/** "from 7d after the first exposure on, for 7d" */
export function windowWords({ delay, length }: Metric['window']): string {
  const late = delay && delay !== '0s' ? `from ${delay} after the first exposure on` : 'from the first exposure on';
  return length ? `${late}, for ${length}` : late;
}

/** The most that a unit adds: an amount, or what a share of all units does not exceed. */
export const capWords = (cap: NonNullable<Metric['cap']>): string => typeof cap === 'number' ? `${cap} of a unit`
  : `what ${cap.percentile} % of all units${cap.ignore_zeros ? ' with an amount' : ''} do not exceed`;

/** Whether not all events from the first exposure on count. */
export const isWindowed = ({ window: { delay, length } }: Metric): boolean => Boolean(length) || (delay !== undefined && delay !== '0s');

const amount = (of: string | undefined, property: string | null | undefined, event: string): string => (of === 'occurrence' ? `number of ${event}` : `${property ?? 'value'} of ${event}`);

function scoreWords({ score }: Metric, event: string): { says: string; formula: string } {
  const answers = score?.lowest !== undefined && score.highest !== undefined ? ` from ${score.lowest} to ${score.highest}` : '';
  if (score?.as === 'csat') return { says: `Satisfied answers to ${event}`, formula: `answers of ${score.top ?? 'the top'} or more ÷ answers${answers}` };
  if (score?.as === 'csat_mean') return { says: `Mean satisfaction in ${event}`, formula: `mean of the answers${answers}` };
  if (score?.as === 'ces') return { says: `Mean effort in ${event}, the ${score.easy ?? 'highest'} answer being least`, formula: `mean of the answers${answers}` };
  return { says: `Net promoter score in ${event}`, formula: '100 × (answers of 9 and 10 − answers of 0 to 6) ÷ answers' };
}

/** What it measures and how: each unit gives one number, the first answer where it is a score. */
export function metricWords(metric: Metric): { says: string; formula: string } {
  const { kind, property } = metric;
  const event = eventWords(metric.event, metric.filter);
  const value = property ?? 'value';
  switch (kind) {
    case 'proportion': return { says: `Share of units with ${event}`, formula: `units with ${event} ÷ units` };
    case 'count': return { says: `How often a unit has ${event}`, formula: `number of ${event} ÷ units` };
    case 'sum': return { says: `Sum of ${value} of a unit's ${event}`, formula: `sum of ${value} of ${event} ÷ units` };
    case 'mean': return { says: `Average ${value} of a unit's ${event}`, formula: `each unit's mean ${value} of ${event}, averaged over units that have one` };
    case 'score': return scoreWords(metric, event);
    case 'retention': return { says: `Share of units that come back with ${event}`, formula: `units with ${event} in the window ÷ units whose window has closed` };
    case 'churn': return { says: metric.lost_by === 'inactivity' ? `Share of units lost, without ${event}` : `Share of units lost by ${event}`, formula: `units ${metric.lost_by === 'inactivity' ? 'without' : 'with'} ${event} in the window ÷ units whose window has closed` };
    case 'ratio': {
      const below = metric.denominator;
      const over = below ? amount(below.of, below.property, eventWords(below.event, below.filter)) : '';
      const above = amount(metric.of, property, event);
      return { says: `${above} for each ${over}`.replace(/^./, (first) => first.toUpperCase()), formula: `sum of ${above} ÷ sum of ${over}` };
    }
    case 'funnel': {
      const steps = [event, ...(metric.then ?? []).map((step) => eventWords(step.event, step.filter))].join(' → ');
      return { says: `Share of units that take all steps in order: ${steps}`, formula: `units with ${steps} ÷ units whose window has closed` };
    }
    case 'duration': return { says: `Seconds until ${event}`, formula: `the smaller of the time to the first ${event} and the end of the window, averaged over units whose window has closed` };
    case 'first_value': return { says: `First ${value} of a unit's ${event}`, formula: `${value} of the first ${event}, averaged over units that have one` };
    case 'last_value': return { says: `Last ${value} of a unit's ${event}`, formula: `${value} of the last ${event}, averaged over units that have one` };
    case 'quantile': {
      const percent = Number(((metric.quantile ?? 0) * 100).toFixed(2));
      return { says: `What ${percent} % of all ${event} do not exceed (p${percent} of ${value})`, formula: `the smallest ${value} that ${percent} % of all ${event} of an arm do not exceed; every event counts, with the error over units` };
    }
    case 'lifetime_value': {
      const less = metric.less ? ` − ${amount(metric.less.of, metric.less.property, eventWords(metric.less.event, metric.less.filter))}` : '';
      return { says: `What a unit is worth by ${event}`, formula: `sum of ${value} of ${event}${less} ÷ units whose window has closed` };
    }
  }
}

export const kindWords: Record<Metric['kind'], string> = {
  proportion: 'Share of units', count: 'Count', sum: 'Sum', mean: 'Mean', score: 'Score', retention: 'Retention', churn: 'Churn', ratio: 'Ratio',
  funnel: 'Funnel', duration: 'Duration', first_value: 'First value', last_value: 'Last value', lifetime_value: 'Lifetime value', quantile: 'Quantile',
};

export const stages: [NonNullable<Metric['stage']>, string][] = [
  ['awareness', 'Awareness'], ['consideration', 'Consideration'], ['purchase', 'Purchase'], ['post_purchase', 'After the purchase'],
];

export const directionWords = ({ direction }: Metric): string => (direction === 'increase' ? 'More is better' : 'Less is better');
