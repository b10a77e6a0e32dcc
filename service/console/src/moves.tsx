import { useState } from 'preact/hooks';
import { api, type Experiment, type Move } from './api/client';
import { Field, Section, Text, Trouble } from './fields';
import { useDeed } from './hooks';

interface Offer {
  move: Move;
  word: string;
  what: string;
}

const offers: Record<string, Offer[]> = {
  running: [
    { move: 'pause', word: 'Pause', what: 'Everybody gets what they would get without it, until it is resumed. What was seen stays counted.' },
    { move: 'stop', word: 'Stop', what: 'It ends for good. Everybody gets what they would get without it; its report stays.' },
  ],
  paused: [
    { move: 'resume', word: 'Resume', what: 'It goes on as it was; nobody moves.' },
    { move: 'stop', word: 'Stop', what: 'It ends for good; its report stays.' },
  ],
  stopped: [{ move: 'archive', word: 'Archive', what: 'Puts it out of the way.' }],
};

/** Pause, resume, stop, archive: each is said twice, with a reason that the history keeps. */
export function Moves({ experiment, onDone }: { experiment: Experiment; onDone: (experiment: Experiment) => void }) {
  const [chosen, choose] = useState<Offer>();
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const can = offers[experiment.state] ?? [];
  if (can.length === 0) return null;
  const go = ({ move }: Offer) => deed.run(async () => {
    onDone(await api.move(experiment.key, experiment.version, move, reason));
    choose(undefined);
    setReason('');
  });
  return (
    <Section id="moves" title={experiment.state === 'stopped' ? 'It is over' : 'Pause or end it'}>
      <div class="row">
        {can.map((offer) => (
          <button key={offer.move} type="button" class={offer.move === chosen?.move ? 'quiet on' : 'quiet'} aria-pressed={offer.move === chosen?.move}
            onClick={() => choose(offer.move === chosen?.move ? undefined : offer)}>{offer.word}</button>
        ))}
      </div>
      {chosen && (
        <div class="sure">
          <p>{chosen.what}</p>
          <Field id="move-reason" label="Why" hint="The history keeps it."><Text id="move-reason" value={reason} maxLength={1000} onText={setReason} /></Field>
          <button type="button" disabled={deed.busy} onClick={() => void go(chosen)}>{chosen.word} it now</button>
        </div>
      )}
      <Trouble problem={deed.problem} />
    </Section>
  );
}
