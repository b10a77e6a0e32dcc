import { experimentAddress } from './address';
import { api } from './api/client';
import { Section } from './fields';
import { useLive, useTitle } from './hooks';
import { capWords, directionWords, kindWords, metricWords, windowWords } from './metric_words';
import { NoSuch, Waiting } from './notices';
import { SensitivitySection } from './sensitivity_section';
import { Stage } from './stage';
import { usersOfMetric } from './uses';

export function MetricPage({ keyed }: { keyed: string }) {
  const live = useLive(async () => ({ all: await api.metrics(), experiments: await api.experiments() }), keyed, 30_000);
  const metric = live.value?.all.find((each) => each.key === keyed);
  useTitle(metric?.name || keyed);
  if (!live.value) return <Waiting problem={live.problem} />;
  if (!metric) return <NoSuch what="metric" keyed={keyed} list="/console/metrics" />;
  const { says, formula } = metricWords(metric);
  const users = usersOfMetric(live.value.experiments, keyed);
  return (
    <>
      <header class="head">
        <h1><bdi>{metric.name || metric.key}</bdi></h1>
        <p class="hypothesis"><bdi>{says}</bdi></p>
        <ul class="facts"><li>Key <code>{metric.key}</code></li><li>Version {metric.version}</li></ul>
      </header>
      <div class="desk even">
        <Section id="reckoned" title="How it is reckoned">
          <p class="formula"><bdi>{formula}</bdi></p>
          <dl>
            <div><dt>Kind</dt><dd>{kindWords[metric.kind]}</dd></div>
            <div><dt>Direction</dt><dd>{directionWords(metric)}</dd></div>
            <div><dt>Events that count</dt><dd>{windowWords(metric.window)}</dd></div>
            <div><dt>Stage of the journey</dt><dd><Stage metric={metric} onDone={live.again} /></dd></div>
            {metric.unit && <div><dt>Unit</dt><dd>{metric.unit}</dd></div>}
            {metric.cap !== undefined && <div><dt>At most</dt><dd>{capWords(metric.cap)}</dd></div>}
            {metric.covariate && <div><dt>Adjusted</dt><dd>by the same figure of the {metric.covariate.look_back} before the first exposure</dd></div>}
          </dl>
          <details><summary>As JSON</summary><pre>{JSON.stringify(metric, null, 2)}</pre></details>
        </Section>
        <div>
        <SensitivitySection metric={keyed} />
        <Section id="users" title="Used by">
          {users.length === 0 ? <p class="soft">No experiment yet. <a href="/console/new">Describe one</a>.</p>
            : <ul class="plain">{users.map(({ key, name, plan }) => <li key={key}><a href={experimentAddress(key)}><bdi>{name || key}</bdi></a> <span class="soft">{plan.metrics?.find((each) => each.metric === keyed)?.role}</span></li>)}</ul>}
          <p class="toggle"><a href={`/console/changes?entity=metric&key=${encodeURIComponent(keyed)}`}>Its history</a></p>
        </Section>
        </div>
      </div>
    </>
  );
}
