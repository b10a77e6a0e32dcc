// What uses a metric or a segment.
import type { Condition, Experiment, Flag, Segment } from './api/client';

const isActive = ({ state }: Experiment): boolean => state !== 'archived';

export const usersOfMetric = (experiments: Experiment[], metric: string): Experiment[] =>
  experiments.filter((each) => isActive(each) && (each.plan.metrics ?? []).some((one) => one.metric === metric));

/** Whether a condition asks for a segment, however deep. */
function asks(condition: Condition | null | undefined, segment: string): boolean {
  if (!condition || Array.isArray(condition)) return false;
  if ('segment' in condition) return condition.segment === segment;
  if ('all' in condition) return condition.all.some((part) => asks(part, segment));
  if ('any' in condition) return condition.any.some((part) => asks(part, segment));
  return 'not' in condition && asks(condition.not, segment);
}

export interface Users {
  experiments: string[];
  flags: string[];
  segments: string[];
}

export const usersOfSegment = (segment: string, experiments: Experiment[], flags: Flag[], segments: Segment[]): Users => ({
  experiments: experiments.filter((each) => isActive(each) && asks(each.when, segment)).map(({ key }) => key),
  flags: flags.filter((each) => !each.archived && each.rules.some(({ when }) => asks(when, segment))).map(({ key }) => key),
  segments: segments.filter((each) => !each.archived && asks(each.when, segment)).map(({ key }) => key),
});
