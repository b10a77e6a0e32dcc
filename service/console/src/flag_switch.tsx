import { useState } from 'preact/hooks';
import { api, type Flag } from './api/client';
import { Field, Section, Text, Trouble } from './fields';
import { useDeed } from './hooks';
import { Needs, useMay } from './me';
import { Value } from './rule_words';

/** On or off for everybody, at once: said twice, with a reason that the history keeps, and taken back by one click. */
export function FlagSwitch({ flag, onDone }: { flag: Flag; onDone: (flag: Flag) => void }) {
  const [sure, ask] = useState(false);
  const [reason, setReason] = useState('');
  const [done, tell] = useState<string>();
  const deed = useDeed();
  const may = useMay('editor');
  const word = flag.enabled ? 'off' : 'on';
  const turn = (why: string, said?: string) => deed.run(async () => {
    onDone(await api.changeFlag(flag.key, flag.version, { enabled: !flag.enabled }, why));
    ask(false);
    setReason('');
    tell(said);
  });
  return (
    <Section id="switch" title="Switch">
      <p class="big"><span class={flag.enabled ? 'state on' : 'state off'}>{flag.enabled ? 'On' : 'Off'}</span></p>
      <p>{flag.enabled ? 'Its rules decide who gets what.' : <>Everybody gets <Value value={flag.off_value} />, and its experiments let nobody in.</>}</p>
      {done && (
        <p class="undo" role="status">Turned {done}. <button type="button" class="quiet" disabled={deed.busy} onClick={() => void turn(`Taken back: turned ${done}`)}>Undo</button></p>
      )}
      {!may && <Needs role="editor" what="Turning it on and off">{null}</Needs>}
      {may && !flag.archived && <button type="button" class={sure ? 'quiet on' : 'quiet'} aria-pressed={sure} onClick={() => ask(!sure)}>Turn {word}</button>}
      {sure && (
        <div class="sure">
          <p>{flag.enabled ? <>Everybody gets <Value value={flag.off_value} /> at once. The rules stay as they are.</> : 'Its rules decide again, at once.'}</p>
          <Field id="switch-reason" label="Why" hint="The history keeps it."><Text id="switch-reason" value={reason} maxLength={1000} onText={setReason} /></Field>
          <button type="button" disabled={deed.busy} onClick={() => void turn(reason, word)}>Turn {word} now</button>
        </div>
      )}
      <Trouble problem={deed.problem} />
    </Section>
  );
}
