import { AsideSection } from './aside_section';
import { useTitle } from './hooks';
import { LatestSection } from './latest_section';
import { LedgerSection } from './ledger_section';

export function EventsPage() {
  useTitle('Events');
  return (
    <>
      <header class="head"><h1>Events</h1></header>
      <div class="desk even">
        <div><LedgerSection /><AsideSection /></div>
        <LatestSection />
      </div>
    </>
  );
}
