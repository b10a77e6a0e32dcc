import { useState } from 'preact/hooks';
import { api, type Decision, type Experiment, type NewDecision } from './api/client';
import { Choice, Field, Section, Text, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { Needs } from './me';
import { minute } from './words';

type Action = NewDecision['action'];
const words: Record<Action, string> = { ship: 'Ship', roll_back: 'Roll back', extend: 'Go on', stop: 'Stop' };
const actions = (Object.keys(words) as Action[]).map((action) => [action, words[action]] as const);

function Entry({ decision, experiment }: { decision: Decision; experiment: Experiment }) {
  const arm = experiment.variants.find(({ key }) => key === decision.variant);
  return (
    <li>
      <p><strong>{words[decision.action]}{decision.variant && <> <bdi>{arm?.name || decision.variant}</bdi></>}</strong> <span class="soft">{minute(decision.at)}, <bdi>{decision.by}</bdi></span></p>
      {decision.reason && <p><bdi>{decision.reason}</bdi></p>}
      <p class="soft">{decision.against ? 'Against' : 'In line with'} the advice of then: {decision.advice.headline}</p>
    </li>
  );
}

/** Writes down what people do; it changes nothing. */
function Log({ experiment, onDone }: { experiment: Experiment; onDone: () => void }) {
  const [action, setAction] = useState<Action>('extend');
  const [variant, setVariant] = useState(experiment.variants.find(({ control }) => !control)?.key ?? '');
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const log = () => deed.run(async () => {
    await api.decide(experiment.key, { action, ...(action === 'ship' && { variant }), ...(reason.trim() && { reason: reason.trim() }) });
    setReason('');
    onDone();
  });
  return (
    <details class="log">
      <summary>Write down a decision</summary>
      <Field id="decision-action" label="What we do"><Choice id="decision-action" value={action} onChoice={setAction} options={actions} /></Field>
      {action === 'ship' && (
        <Field id="decision-variant" label="Variant">
          <Choice id="decision-variant" value={variant} onChoice={setVariant} options={experiment.variants.map(({ key, name }) => [key, name || key] as const)} />
        </Field>
      )}
      <Field id="decision-reason" label="Why" hint="Needed where the report advises something else. Nothing else changes by it.">
        <Text id="decision-reason" value={reason} maxLength={1000} onText={setReason} />
      </Field>
      <button type="button" disabled={deed.busy} onClick={() => void log()}>Write it down</button>
      <Trouble problem={deed.problem} />
    </details>
  );
}

/** Who decided what, when, why, and whether the report advised it. */
export function Decisions({ experiment }: { experiment: Experiment }) {
  const log = useLive(() => api.decisions(experiment.key), `${experiment.key} ${experiment.version}`);
  const items = log.value?.items ?? [];
  return (
    <Section id="decisions" title="What was decided">
      {items.length === 0 && <p class="soft">Nothing yet.</p>}
      <ol class="decisions">{items.map((decision) => <Entry key={decision.number} decision={decision} experiment={experiment} />)}</ol>
      <Trouble problem={log.problem} />
      <Needs role="analyst" what="Writing down a decision"><Log experiment={experiment} onDone={() => void log.again()} /></Needs>
    </Section>
  );
}
