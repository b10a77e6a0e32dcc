import { AccountPage } from './account_page';
import { ChangesPage } from './changes_page';
import { EnvironmentPage } from './environment_page';
import { EventsPage } from './events_page';
import { ExperimentPage } from './experiment_page';
import { ExperimentsPage } from './experiments_page';
import { FlagPage } from './flag_page';
import { FlagsPage } from './flags_page';
import { KeysPage } from './keys_page';
import { SignedIn } from './me';
import { MetricPage } from './metric_page';
import { MetricsPage } from './metrics_page';
import { Nav } from './nav';
import { PeoplePage } from './people_page';
import { PortfolioPage } from './portfolio_page';
import { SegmentPage } from './segment_page';
import { SegmentsPage } from './segments_page';

/** "/console/flags/check%20out" -> ["flags", "check out"] */
const partsOf = (path: string): (string | undefined)[] => path.split('/').slice(2).filter(Boolean).map(decodeURIComponent);

function Page({ path }: { path: string }) {
  const [page, key] = partsOf(path);
  if (page === undefined || (page === 'experiments' && key === undefined)) return <ExperimentsPage />;
  if (page === 'flags') return key === undefined ? <FlagsPage /> : <FlagPage keyed={key} />;
  if (page === 'changes') return <ChangesPage />;
  if (page === 'environment') return <EnvironmentPage />;
  if (page === 'events') return <EventsPage />;
  if (page === 'metrics') return key === undefined ? <MetricsPage /> : <MetricPage keyed={key} />;
  if (page === 'segments') return key === undefined ? <SegmentsPage /> : <SegmentPage keyed={key} />;
  if (page === 'portfolio') return <PortfolioPage />;
  if (page === 'keys') return <KeysPage />;
  if (page === 'people') return <PeoplePage />;
  if (page === 'account') return <AccountPage />;
  if (page === 'new' || page === 'experiments') return <ExperimentPage keyed={key} />;
  return <section class="notice"><h1>No such page</h1><p><a class="deed" href="/console">See the experiments</a></p></section>;
}

/** The page that was asked for. */
export function App({ path }: { path: string }) {
  return (
    <SignedIn>
      <Nav path={path} />
      <Page path={path} />
    </SignedIn>
  );
}
