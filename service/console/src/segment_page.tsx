import { experimentAddress, flagAddress, segmentAddress } from './address';
import { api } from './api/client';
import { SegmentCount } from './audience';
import { Section } from './fields';
import { useLive, useTitle } from './hooks';
import { NoSuch, Waiting } from './notices';
import { segmentWords } from './segment_words';
import { usersOfSegment } from './uses';
import { grouped } from './words';

async function load() {
  const [segments, experiments, flags] = await Promise.all([api.allSegments(), api.experiments(), api.flags()]);
  return { segments, experiments, flags };
}

const Links = ({ what, keys, address }: { what: string; keys: string[]; address: (key: string) => string }) =>
  keys.map((key) => <li key={key}>{what} <a href={address(key)}><bdi>{key}</bdi></a></li>);

export function SegmentPage({ keyed }: { keyed: string }) {
  const live = useLive(load, keyed, 30_000);
  const segment = live.value?.segments.find((each) => each.key === keyed);
  useTitle(segment?.name || keyed);
  if (!live.value) return <Waiting problem={live.problem} />;
  if (!segment) return <NoSuch what="segment" keyed={keyed} list="/console/segments" />;
  const { experiments, flags, segments } = usersOfSegment(keyed, live.value.experiments, live.value.flags, live.value.segments);
  const none = experiments.length + flags.length + segments.length === 0;
  return (
    <>
      <header class="head">
        <h1><bdi>{segment.name || segment.key}</bdi></h1>
        {segment.description && <p class="hypothesis"><bdi>{segment.description}</bdi></p>}
        <ul class="facts"><li>Key <code>{segment.key}</code></li><li>Version {segment.version}</li>{segment.owner && <li><bdi>{segment.owner}</bdi></li>}{segment.archived && <li>Archived</li>}</ul>
      </header>
      <div class="desk even">
        <Section id="members" title="Who is in it">
          <p class="formula"><bdi>{segmentWords(segment)}</bdi></p>
          {segment.list && <details><summary>{grouped(Math.min(100, segment.list.ids.length))} of them</summary><p><bdi>{segment.list.ids.slice(0, 100).join(', ')}</bdi></p></details>}
          {segment.when && <details><summary>As JSON</summary><pre>{JSON.stringify(segment.when, null, 2)}</pre></details>}
        </Section>
        <div>
        <Section id="count" title="How many"><SegmentCount segment={keyed} /></Section>
        <Section id="users" title="Used by">
          {none ? <p class="soft">Nothing yet.</p> : (
            <ul class="plain"><Links what="Experiment" keys={experiments} address={experimentAddress} /><Links what="Flag" keys={flags} address={flagAddress} /><Links what="Segment" keys={segments} address={segmentAddress} /></ul>
          )}
          <p class="toggle"><a href={`/console/changes?entity=segment&key=${encodeURIComponent(keyed)}`}>Its history</a></p>
        </Section>
        </div>
      </div>
    </>
  );
}
