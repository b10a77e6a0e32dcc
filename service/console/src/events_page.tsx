import { AsideSection } from './aside_section';
import { useTitle } from './hooks';
import { LatestSection } from './latest_section';
import { LedgerSection } from './ledger_section';
import { Needs, useMay } from './me';

export function EventsPage() {
  useTitle('Events');
  const may = useMay('analyst');
  return (
    <>
      <header class="head"><h1>Events</h1></header>
      <div class="desk even">
        <div><LedgerSection />{may && <AsideSection />}</div>
        {may ? <LatestSection /> : <section aria-label="Events"><Needs role="analyst" what="Looking at events">{null}</Needs></section>}
      </div>
    </>
  );
}
