import type { Experiment } from './api/client';
import type { Figures } from './figures';
import { grouped, minute, plural } from './words';

/** How far, and how much longer. */
export function Progress({ experiment, figures }: { experiment: Experiment; figures: Figures | undefined }) {
  const { units, ends_at: ends } = experiment.plan.horizon ?? {};
  if (!figures) return null;
  const { units: entered, daysLeft: days } = figures;
  return (
    <>
      {units != null && (
        <>
          <progress max={units} value={Math.min(entered, units)} aria-label="Units that entered, of those planned" />
          <p>{grouped(entered)} of {plural(units, 'planned unit')}{days != null && days > 0 && <>; about {plural(Math.ceil(days), 'day')} more for the smallest change that matters</>}.</p>
        </>
      )}
      {units == null && <p>{plural(entered, 'unit')} so far{ends ? <>; planned until {minute(ends)}</> : ''}.</p>}
    </>
  );
}
