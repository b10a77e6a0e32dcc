// Who is in, however it was learnt: from the stream, or from a report where there is no stream.
import type { LiveState, Report } from './api/client';

export interface Figures {
  units: number;
  variants: { variant: string; units: number }[];
  daysLeft: number | null;
}

const instant = (time: string | null | undefined): number => (time == null ? 0 : Date.parse(time));

/** A report stands in where there is no state, or one that is no newer. `asked`: reports are asked for meanwhile. */
export function figuresOf(state: LiveState | undefined, report: Report | undefined, asked: boolean): Figures | undefined {
  const stale = asked && report !== undefined && instant(report.data_until) >= instant(state?.data_until);
  if (state && !stale) return { units: state.units, variants: state.variants, daysLeft: state.days_left };
  return report && { units: report.counts.units, variants: report.counts.variants, daysLeft: report.remaining?.smallest?.days ?? null };
}
