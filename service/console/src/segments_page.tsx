import { segmentAddress, useQuery } from './address';
import { api, type Segment } from './api/client';
import { Search, Some, Tabs } from './filters';
import { useLive, useTitle } from './hooks';
import { Loaded } from './notices';
import { matches } from './search';
import { segmentWords } from './segment_words';
import { plural } from './words';

function Line({ segment }: { segment: Segment }) {
  return (
    <li>
      <a href={segmentAddress(segment.key)}>
        <span class="what"><bdi class="name">{segment.name || segment.key}</bdi>{segment.description && <bdi class="soft line">{segment.description}</bdi>}</span>
        <bdi class="says">{segmentWords(segment)}</bdi>
        <span class="soft facts">{segment.list ? 'List' : 'Rule'}{segment.owner && <> · <bdi>{segment.owner}</bdi></>}{segment.archived && ' · archived'}</span>
      </a>
    </li>
  );
}

function List({ all }: { all: Segment[] }) {
  const { query, choose, type } = useQuery();
  const found = all.filter((each) => matches(query.get('q') ?? '', each.key, each.name, each.description, each.owner));
  const byState = new Map([['', found.filter((each) => !each.archived)], ['archived', found.filter((each) => each.archived)]]);
  const shown = byState.get(query.get('state') ?? '') ?? [];
  return (
    <>
      <Tabs label="State" name="state" query={query} onChoice={choose} options={[['', 'All', byState.get('')?.length], ['archived', 'Archived', byState.get('archived')?.length]]} />
      <div class="row filters"><Search hint="Key, name, description or owner" value={query.get('q') ?? ''} onText={(q) => type({ q })} /></div>
      <p class="soft" role="status">{plural(shown.length, 'segment')}</p>
      {shown.length === 0 && (all.length === 0
        ? <p class="nothing">No segments yet: a named rule or list of units, for flags and experiments. <a class="deed" href="/docs#createSegment">How to make one</a></p>
        : <p class="nothing">Nothing matches. <button type="button" class="quiet" onClick={() => choose({ q: '', state: '' })}>Show all segments</button></p>)}
      <Some all={shown} of={query.toString()} each={(each) => <Line key={each.key} segment={each} />} />
    </>
  );
}

export function SegmentsPage() {
  useTitle('Segments');
  const live = useLive(api.allSegments, 'segments', 30_000);
  return (
    <section class="page">
      <h1>Segments</h1>
      <Loaded live={live}>{(all) => <List all={all} />}</Loaded>
    </section>
  );
}
