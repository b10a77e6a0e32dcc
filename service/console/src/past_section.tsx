import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from './api/client';
import { Field, Section } from './fields';
import { stageWords, type Link, type Stage } from './live_words';
import { typedInstant } from './schedule';
import { listen } from './stream';
import { minute, plural } from './words';

interface Looking {
  stage?: Stage;
  state?: LiveState;
  link: Link;
  problem?: string;
}

/** What was known at an instant: the journal is read again, and says how far it is. */
function Then({ experiment, instant }: { experiment: string; instant: string }) {
  const [{ stage, state, link, problem }, put] = useState<Looking>({ link: 'waiting' });
  useEffect(() => {
    put({ link: 'waiting' });
    const part = (more: Partial<Looking>) => put((before) => ({ ...before, ...more }));
    return listen(experiment, {
      stage: (stage) => part({ stage }), state: (state) => part({ state }), link: (link) => part({ link }), problem: (problem) => part({ problem }),
    }, `?${new URLSearchParams({ as_of: instant })}`);
  }, [experiment, instant]);
  if (problem) return <p class="trouble" role="alert">{problem}</p>;
  if (link === 'none') return <p class="trouble" role="alert">It could not be looked at now. Try again after a moment.</p>;
  if (!state)
    return (
      <div role="status">
        <p>{stage ? stageWords(stage) : 'Reading events'}…</p>
        {stage && stage.of > 0 && <progress max={stage.of} value={stage.done} aria-label="Done so far" />}
      </div>
    );
  return (
    <div role="status">
      <p><strong>{state.verdict.headline}</strong> {state.verdict.sentence}</p>
      <p class="soft">{plural(state.units, 'unit')}: {state.variants.map(({ variant, units }) => `${variant} ${units}`).join(', ')}. As of {minute(instant)}.</p>
    </div>
  );
}

export function PastSection({ experiment }: { experiment: string }) {
  const [typed, put] = useState('');
  const [asked, ask] = useState('');
  return (
    <Section id="past" title="As it was">
      <div class="row">
        <Field id="past-at" label="What was known at" hint="UTC" narrow>
          <input id="past-at" type="datetime-local" value={typed} max={typedInstant(new Date().toISOString())} onInput={(event) => put(event.currentTarget.value)} />
        </Field>
        <button type="button" class="quiet" disabled={typed === ''} onClick={() => ask(`${typed}:00Z`)}>Look</button>
      </div>
      {asked && <Then key={asked} experiment={experiment} instant={asked} />}
    </Section>
  );
}
