import { metricAddress, useQuery } from './address';
import { api, type Experiment, type Metric } from './api/client';
import { Search, Some, Tabs } from './filters';
import { useLive, useTitle } from './hooks';
import { directionWords, isWindowed, kindWords, metricWords, stages, windowWords } from './metric_words';
import { useMay } from './me';
import { Loaded } from './notices';
import { useLookback } from './lookback';
import { matches } from './search';
import { briefly } from './sensitivity';
import { usersOfMetric } from './uses';
import { plural } from './words';

function Line({ metric, uses, sees }: { metric: Metric; uses: number; sees: string }) {
  return (
    <li>
      <a href={metricAddress(metric.key)}>
        <span class="what"><bdi class="name">{metric.name || metric.key}</bdi><bdi class="soft line">{metricWords(metric).says}{isWindowed(metric) && `, ${windowWords(metric.window)}`}</bdi></span>
        <span class="says">{kindWords[metric.kind]}</span>
        <span class="soft facts">{directionWords(metric)}{metric.stage && ` · ${new Map(stages).get(metric.stage)}`} · {uses === 0 ? 'unused' : `in ${plural(uses, 'experiment')}`}{sees && ` · ${sees}`}</span>
      </a>
    </li>
  );
}

function List({ all, experiments }: { all: Metric[]; experiments: Experiment[] }) {
  const looked = useLookback(api.sensitivities, 'sensitivities');
  const seen = new Map((looked.value?.items ?? []).map((each) => [each.metric, each]));
  const { query, choose, type } = useQuery();
  const may = useMay('editor');
  const sought = query.get('q') ?? '';
  const kind = query.get('kind') ?? '';
  const found = all.filter((each) => matches(sought, each.key, each.name, metricWords(each).says));
  const shown = found.filter((each) => kind === '' || each.kind === kind);
  const kinds = [...new Set(all.map((each) => each.kind))].sort();
  const tabs = [['', 'All', found.length] as const, ...kinds.map((each) => [each, kindWords[each], found.filter((one) => one.kind === each).length] as const)];
  return (
    <>
      <Tabs label="Kind" name="kind" query={query} onChoice={choose} options={tabs} />
      <div class="row filters"><Search hint="Key, name or what it measures" value={sought} onText={(q) => type({ q })} /></div>
      <p class="soft" role="status">{plural(shown.length, 'metric')}</p>
      {shown.length === 0 && (all.length === 0
        ? <p class="nothing">No metrics yet. The form of an experiment makes one. {may && <a class="deed" href="/console/new">Describe an experiment</a>}</p>
        : <p class="nothing">Nothing matches. <button type="button" class="quiet" onClick={() => choose({ q: '', kind: '' })}>Show all metrics</button></p>)}
      <Some all={shown} of={query.toString()} each={(each) => <Line key={each.key} metric={each} uses={usersOfMetric(experiments, each.key).length} sees={briefly(seen.get(each.key))} />} />
    </>
  );
}

export function MetricsPage() {
  useTitle('Metrics');
  const live = useLive(async () => ({ all: await api.metrics(), experiments: await api.experiments() }), 'metrics', 30_000);
  return (
    <section class="page">
      <h1>Metrics</h1>
      <Loaded live={live}>{(all) => <List {...all} />}</Loaded>
    </section>
  );
}
