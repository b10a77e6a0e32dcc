import { useEffect, useState } from 'preact/hooks';
import { api, type Experiment } from './api/client';
import { DraftPage, type Catalogue } from './draft_page';
import { Trouble } from './fields';
import { useLive } from './hooks';
import { ListPage } from './list_page';
import { RunPage } from './run_page';

async function loadCatalogue(): Promise<Catalogue> {
  const [experiments, metrics, layers, segments] = await Promise.all([api.experiments(), api.metrics(), api.layers(), api.segments()]);
  return { experiments, metrics, layers, segments };
}

const address = (key: string): string => `/console/experiments/${encodeURIComponent(key)}`;

/** The form, until it runs; then what can be done with a run. */
function ExperimentPage({ first, catalogue, onAddress }: { first: Experiment | undefined; catalogue: Catalogue; onAddress: (path: string) => void }) {
  const [experiment, put] = useState(first);
  useEffect(() => {
    if (experiment) onAddress(address(experiment.key));
    document.title = experiment ? `${experiment.name || experiment.key}: console` : 'New experiment';
  }, [experiment?.key, experiment?.name]);
  if (!experiment || experiment.state === 'draft') return <DraftPage experiment={experiment} catalogue={catalogue} onSaved={put} />;
  return <RunPage first={experiment} catalogue={catalogue} />;
}

function Page({ path, onAddress }: { path: string; onAddress: (path: string) => void }) {
  const catalogue = useLive(loadCatalogue, path);
  const key = path.startsWith('/console/experiments/') ? decodeURIComponent(path.split('/')[3] ?? '') : undefined;
  const isNew = path === '/console/new';
  if (catalogue.problem) return <section class="notice"><Trouble problem={catalogue.problem} /></section>;
  if (!catalogue.value) return <p class="soft" role="status">Loading…</p>;
  const first = catalogue.value.experiments.find((each) => each.key === key);
  if (isNew || first) return <ExperimentPage first={first} catalogue={catalogue.value} onAddress={onAddress} />;
  if (key !== undefined) return <section class="notice"><h1>No such experiment</h1><p>None has the key <code>{key}</code>.</p></section>;
  return <ListPage experiments={catalogue.value.experiments} />;
}

const pages = [['/', 'Reports'], ['/console', 'Experiments'], ['/console/new', 'New experiment']] as const;

/** The page that was asked for; a new experiment gets an address of its own once it is saved. */
export function App() {
  const [asked] = useState(location.pathname);
  const [path, put] = useState(asked);
  const onAddress = (next: string) => {
    history.replaceState(null, '', next);
    put(next);
  };
  return (
    <>
      <nav aria-label="Console">
        {pages.map(([href, words]) => <a key={href} href={href} {...(href === path && { 'aria-current': 'page' as const })}>{words}</a>)}
      </nav>
      <Page path={asked} onAddress={onAddress} />
    </>
  );
}
