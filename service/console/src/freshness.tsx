import { type Heard, useSeconds, useSpaced } from './live';
import { freshWords, linkWords, stageWords } from './live_words';
import { grouped } from './words';

/** How old the figures are and whether they come by themselves; what is said aloud is said seldom. */
export function Freshness({ heard, held, onHold }: { heard: Heard; held: boolean; onHold: (held: boolean) => void }) {
  const { state, came, stage, link } = heard;
  const seconds = useSeconds(came);
  const told = useSpaced(state ? `${grouped(state.units)} units. ${state.verdict.headline}.` : '', 10_000);
  return (
    <div class="fresh">
      <p class={link === 'broken' ? 'level warn' : 'soft'}>
        {link !== 'live' && <span role="status">{linkWords(link)} </span>}
        {state && <span class="age">{held ? 'Held: ' : ''}{freshWords(state, seconds)}</span>}
        {stage && <span class="stage"> {stageWords(stage)}…</span>}
      </p>
      {link !== 'over' && <button type="button" class={held ? 'quiet on' : 'quiet'} aria-pressed={held} onClick={() => onHold(!held)}>Hold still</button>}
      <p class="unseen" aria-live="polite">{told}</p>
    </div>
  );
}
