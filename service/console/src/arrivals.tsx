import type { LiveState } from './api/client';
import { grouped, plural } from './words';

/** What of all that was sent counts nowhere, and where to see why. */
export function Arrivals({ state }: { state: LiveState | undefined }) {
  if (!state) return null;
  const { stored, quarantined, refused, unattributed } = state.ledger;
  const aside: [number, string][] = [[quarantined, 'kept aside'], [refused, 'refused']];
  const told = aside.filter(([count]) => count > 0).map(([count, words]) => `${grouped(count)} ${words}`);
  return (
    <p class="arrivals">
      {plural(stored, 'event')} stored in all{told.length > 0 ? `, ${told.join(', ')}` : ''}. <a href="/console/events">See the events</a>
      {unattributed > 0 && <span class="level warn"> {plural(unattributed, 'exposure')} of this experiment belong to no run or variant of it.</span>}
    </p>
  );
}
