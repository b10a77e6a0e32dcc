import { experimentAddress, useQuery } from './address';
import { api, type Experiment } from './api/client';
import { filtered, orders, readFilter, sorted, states, stateWords, valuesOf, type Order } from './experiment_list';
import { Choice } from './fields';
import { Pick, Search, Some, Tabs } from './filters';
import { fetchHeadlines, type Headline } from './headlines';
import { useLive, useTitle } from './hooks';
import { useMay } from './me';
import { Loaded } from './notices';
import { Views } from './views';
import { day, plural } from './words';

function Line({ experiment, headline }: { experiment: Experiment; headline: Headline | undefined }) {
  const { key, name, hypothesis, owner, phases, state, tags } = experiment;
  const began = phases[0]?.started_at;
  const ended = state === 'stopped' || state === 'archived' ? phases.at(-1)?.ended_at : undefined;
  return (
    <li key={key}>
      <a href={experimentAddress(key)}>
        <span class="what"><bdi class="name">{name || key}</bdi>{hypothesis && <bdi class="soft line">{hypothesis}</bdi>}</span>
        <span class="says">{headline && <><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={headline.mark} /></svg> {headline.words}</>}</span>
        <span class="soft facts">
          <span class={`state ${state}`}>{stateWords[state]}</span>{began && <> {!ended && 'since '}<span class="day">{day(began)}</span></>}{ended && <> to <span class="day">{day(ended)}</span></>}
          {owner && <> · <bdi>{owner}</bdi></>}{tags.map((tag) => <bdi key={tag} class="tag">{tag}</bdi>)}
        </span>
      </a>
    </li>
  );
}

function Nothing({ any, onClear }: { any: boolean; onClear: () => void }) {
  const may = useMay('editor');
  if (!any) return <p class="nothing">No experiments yet. {may && <a class="deed" href="/console/new">Describe the first one</a>}</p>;
  return <p class="nothing">Nothing matches. <button type="button" class="quiet" onClick={onClear}>Show all experiments</button></p>;
}

function List({ all }: { all: Experiment[] }) {
  const headlines = useLive(fetchHeadlines, 'headlines', 30_000);
  const { query, choose, type } = useQuery();
  const filter = readFilter(query);
  const order = orders.find(([each]) => each === query.get('sort'))?.[0] ?? 'latest';
  const { shown, counts } = filtered(all, filter);
  const clear = () => choose({ q: '', state: '', owner: '', tag: '' });
  const there = states.filter((state) => state === filter.state || all.some((each) => each.state === state));
  const tabs = [['', 'All', counts.get('') ?? 0] as const, ...there.map((state) => [state, stateWords[state], counts.get(state) ?? 0] as const)];
  return (
    <>
      <Views page="experiments" query={query.toString()} onOpen={(kept) => choose({ q: '', state: '', owner: '', tag: '', sort: '', ...Object.fromEntries(new URLSearchParams(kept)) })} />
      <Tabs label="State" name="state" query={query} onChoice={choose} options={tabs} />
      <div class="row filters">
        <Search hint="Name, hypothesis, owner or tag" value={filter.sought} onText={(q) => type({ q })} />
        <Pick label="Owner" name="owner" query={query} onChoice={choose} values={valuesOf(all, (each) => [each.owner])} />
        <Pick label="Tag" name="tag" query={query} onChoice={choose} values={valuesOf(all, (each) => each.tags)} />
        <div class="field narrow">
          <label for="sort">Order</label>
          <Choice<Order> id="sort" value={order} options={orders} onChoice={(sort) => choose({ sort: sort === 'latest' ? '' : sort })} />
        </div>
      </div>
      <p class="soft" role="status">{plural(shown.length, 'experiment')}</p>
      {shown.length === 0 && <Nothing any={all.length > 0} onClear={clear} />}
      <Some all={sorted(shown, order)} of={query.toString()} each={(each) => <Line key={each.key} experiment={each} headline={headlines.value?.get(each.key)} />} />
    </>
  );
}

export function ExperimentsPage() {
  useTitle('Experiments');
  const live = useLive(api.allExperiments, 'experiments', 30_000);
  return (
    <section class="page">
      <div class="title"><h1>Experiments</h1>{useMay('editor') && <a class="deed" href="/console/new">New experiment</a>}</div>
      <Loaded live={live}>{(all) => <List all={all} />}</Loaded>
    </section>
  );
}
