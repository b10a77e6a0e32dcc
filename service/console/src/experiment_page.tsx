import { useEffect, useState } from 'preact/hooks';
import { experimentAddress } from './address';
import { api, type Experiment } from './api/client';
import { DraftPage, type Catalogue } from './draft_page';
import { DraftView } from './draft_view';
import { Trouble } from './fields';
import { useLive, useTitle } from './hooks';
import { useHeard } from './live';
import { useMay } from './me';
import { Loading, NoSuch } from './notices';
import { RunPage } from './run_page';

async function loadCatalogue(): Promise<Catalogue> {
  const [experiments, metrics, layers, segments] = await Promise.all([api.experiments(), api.metrics(), api.layers(), api.segments()]);
  return { experiments, metrics, layers, segments };
}

/** A draft that starts by itself: once it has, or was to, it is another. Whatever else changes meanwhile is not taken over unseen. */
function Awaited({ experiment, onMoved }: { experiment: Experiment; onMoved: (experiment: Experiment) => void }) {
  const { state } = useHeard(experiment.key, false);
  useEffect(() => {
    if (state && state.version > experiment.version)
      void api.experiment(experiment.key).then((now) => { if (now.state !== 'draft' || now.schedule?.missed) onMoved(now); }).catch(() => undefined);
  }, [state?.version]);
  return null;
}

/** The form, until it runs; then what can be done with a run. */
function Loaded({ first, catalogue }: { first: Experiment | undefined; catalogue: Catalogue }) {
  const [experiment, put] = useState(first);
  useTitle(experiment ? experiment.name || experiment.key : 'New experiment');
  useEffect(() => { if (experiment) history.replaceState(null, '', experimentAddress(experiment.key)); }, [experiment?.key]);
  const may = useMay('editor');
  if (!may && (!experiment || experiment.state === 'draft')) return <DraftView experiment={experiment} metrics={catalogue.metrics} />;
  if (!experiment || experiment.state === 'draft')
    return (
      <>
        {experiment?.schedule?.start && <Awaited key={experiment.version} experiment={experiment} onMoved={put} />}
        <DraftPage experiment={experiment} catalogue={catalogue} onSaved={put} />
      </>
    );
  return <RunPage first={experiment} catalogue={catalogue} />;
}

/** Without a key a new one, which gets an address of its own once it is saved. */
export function ExperimentPage({ keyed }: { keyed: string | undefined }) {
  const catalogue = useLive(loadCatalogue, 'catalogue');
  const asked = useLive(async () => (keyed === undefined ? undefined : api.experiment(keyed)), keyed ?? '');
  if (asked.problem?.status === 404) return <NoSuch what="experiment" keyed={keyed ?? ''} />;
  const problem = asked.problem ?? catalogue.problem;
  if (problem) return <section class="notice"><Trouble problem={problem} /></section>;
  if (!catalogue.value || (keyed !== undefined && !asked.value)) return <Loading />;
  return <Loaded first={asked.value} catalogue={catalogue.value} />;
}
