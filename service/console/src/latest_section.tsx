import { useState } from 'preact/hooks';
import { api, type StoredEvent } from './api/client';
import { detailWords, eventWords, unitWords } from './event_words';
import { Section, Trouble } from './fields';
import { useLive } from './hooks';
import { Loading } from './notices';

const shown = 30;

function Line({ stored: { event, received } }: { stored: StoredEvent }) {
  return (
    <li>
      <details>
        <summary>
          <time class="soft" dateTime={received}>{received.slice(11, 19)}</time> <span class="label">{event.type}</span> <bdi class="name">{eventWords(event)}</bdi> <bdi>{unitWords(event)}</bdi> <bdi class="soft">{detailWords(event)}</bdi>
        </summary>
        <pre>{JSON.stringify(event, null, 2)}</pre>
      </details>
    </li>
  );
}

/** Comes by itself until somebody wants to read. */
export function LatestSection() {
  const [still, hold] = useState(false);
  const live = useLive(() => api.latestEvents(shown), 'latest', still ? 0 : 2000);
  return (
    <Section id="latest" title="What was stored last">
      <div class="row"><button type="button" class={still ? 'quiet on' : 'quiet'} aria-pressed={still} onClick={() => hold(!still)}>Hold still</button></div>
      <Trouble problem={live.problem} />
      {!live.value ? !live.problem && <Loading /> : live.value.items.length === 0
        ? <p class="nothing">No event was stored yet. <a class="deed" href="/docs#sendEvents">How to send events</a></p>
        : <ul class="latest">{live.value.items.map((stored) => <Line key={stored.seq} stored={stored} />)}</ul>}
    </Section>
  );
}
