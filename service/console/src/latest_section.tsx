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

/** Comes by itself until somebody wants to read: then no answer that is on its way changes what is there. */
export function LatestSection() {
  const [held, hold] = useState<StoredEvent[]>();
  const live = useLive(() => api.latestEvents(shown), 'latest', held ? 0 : 2000);
  const items = held ?? live.value?.items;
  return (
    <Section id="latest" title="What was stored last">
      <div class="row"><button type="button" class={held ? 'quiet on' : 'quiet'} aria-pressed={held !== undefined} disabled={!items} onClick={() => hold(held ? undefined : items)}>Hold still</button></div>
      <Trouble problem={live.problem} />
      {!items ? !live.problem && <Loading /> : items.length === 0
        ? <p class="nothing">No event was stored yet. <a class="deed" href="/docs#sendEvents">How to send events</a></p>
        : <ul class="latest">{items.map((stored) => <Line key={stored.seq} stored={stored} />)}</ul>}
    </Section>
  );
}
