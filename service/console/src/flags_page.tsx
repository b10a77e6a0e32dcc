import { flagAddress, useQuery } from './address';
import { api, type Experiment, type Flag } from './api/client';
import { Search, Some, Tabs } from './filters';
import { changedAt, staleWords } from './flag_age';
import { experimentsOf, filteredFlags, flagStates } from './flag_list';
import { useLive, useTitle } from './hooks';
import { Loaded } from './notices';
import { Value } from './rule_words';
import { plural } from './words';

function Line({ flag, stale }: { flag: Flag; stale: string }) {
  const experiments = experimentsOf(flag);
  return (
    <li>
      <a href={flagAddress(flag.key)}>
        <span class="what"><bdi class="name">{flag.name || flag.key}</bdi>{flag.description && <bdi class="soft line">{flag.description}</bdi>}</span>
        <span class="says">
          {!flag.enabled ? <>Everybody gets <Value value={flag.off_value} /></>
            : experiments.length > 0 ? <>Runs <bdi>{experiments.join(', ')}</bdi></>
            : flag.rules.length > 0 ? plural(flag.rules.length, 'rule') : <>Everybody gets <Value value={flag.default} /></>}
        </span>
        <span class="soft facts"><span class={flag.enabled ? 'state on' : 'state off'}>{flag.enabled ? 'On' : 'Off'}</span> · {flag.type}{flag.archived && ' · archived'}{stale && <> · <strong class="stale">{stale}</strong></>}</span>
      </a>
    </li>
  );
}

interface Around {
  experiments: Map<string, Experiment>;
  changed: Map<string, string>;
  before: string | undefined; // of those whose last change was earlier than all that is known
}

/** What flags refer to, and when the last two hundred changes of them were made. */
async function around(): Promise<Around> {
  const [experiments, changes] = await Promise.all([api.allExperiments(), api.changes({ entity: 'flag', limit: '200' })]);
  return { experiments: new Map(experiments.map((each) => [each.key, each])), changed: changedAt(changes.items), before: changes.next ? changes.items.at(-1)?.at : undefined };
}

function List({ all }: { all: Flag[] }) {
  const more = useLive(around, 'around').value;
  const { query, choose, type } = useQuery();
  const byState = filteredFlags(all, query.get('q') ?? '');
  const shown = byState.get(query.get('state') ?? '') ?? [];
  return (
    <>
      <Tabs label="State" name="state" query={query} onChoice={choose} options={flagStates.map(([state, words]) => [state, words, byState.get(state)?.length ?? 0] as const)} />
      <div class="row filters"><Search hint="Key, name, description or experiment" value={query.get('q') ?? ''} onText={(q) => type({ q })} /></div>
      <p class="soft" role="status">{plural(shown.length, 'flag')}</p>
      {shown.length === 0 && (all.length === 0
        ? <p class="nothing">No flags yet. Each experiment makes one. <a class="deed" href="/console/new">Describe an experiment</a></p>
        : <p class="nothing">Nothing matches. <button type="button" class="quiet" onClick={() => choose({ q: '', state: '' })}>Show all flags</button></p>)}
      <Some all={shown} of={query.toString()} each={(flag) => <Line key={flag.key} flag={flag} stale={more ? staleWords(flag, more.experiments, more.changed.get(flag.key) ?? more.before, Date.now()) : ''} />} />
    </>
  );
}

export function FlagsPage() {
  useTitle('Flags');
  const live = useLive(api.flags, 'flags', 10_000);
  return (
    <section class="page">
      <h1>Flags</h1>
      <Loaded live={live}>{(all) => <List all={all} />}</Loaded>
    </section>
  );
}
