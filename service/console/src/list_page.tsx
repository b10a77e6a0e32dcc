import type { Experiment } from './api/client';

const order = ['draft', 'running', 'paused', 'stopped'] as const;
const titles = { draft: 'Drafts', running: 'Running', paused: 'Paused', stopped: 'Stopped' } as const;

function Line({ experiment: { key, name, hypothesis } }: { experiment: Experiment }) {
  return (
    <li>
      <a class="two" href={`/console/experiments/${encodeURIComponent(key)}`}>
        <bdi class="name">{name || key}</bdi>
        <span class="soft">{hypothesis}</span>
      </a>
    </li>
  );
}

export function ListPage({ experiments }: { experiments: Experiment[] }) {
  const groups = order.map((state) => [state, experiments.filter((each) => each.state === state)] as const).filter(([, all]) => all.length > 0);
  return (
    <section>
      <h1>Experiments</h1>
      {groups.length === 0 && <p>None yet. <a href="/console/new">Describe the first one</a>.</p>}
      {groups.map(([state, all]) => (
        <div key={state}>
          <h2 class="group">{titles[state]}</h2>
          <ul class="list">{all.map((each) => <Line key={each.key} experiment={each} />)}</ul>
        </div>
      ))}
    </section>
  );
}
