import { useEffect, useState } from 'preact/hooks';
import { api, Refused, type Condition, type Experiment, type ExperimentChange, type PlannedChange, type Segment } from './api/client';
import { typed } from './draft';
import { Field, Numeric, Section, Tick, Trouble } from './fields';
import { useDeed, useRested } from './hooks';
import { WhoFields } from './who_fields';
import { readWho, writeWho, type Who } from './who';
import { grouped, plural, share } from './words';

interface Wish {
  coverage: string;
  weights: string[];
  who: Who;
  enrolling: boolean;
}

const wishOf = (experiment: Experiment): Wish => ({
  coverage: typed(experiment.coverage / 10_000),
  weights: experiment.variants.map(({ weight }) => typed(weight / 10_000)),
  who: readWho(experiment.when),
  enrolling: experiment.enrolling ?? true,
});

function conditionOf(who: Who): Condition | null | undefined {
  try {
    return writeWho(who);
  } catch {
    return undefined;
  }
}

/** Only what differs; nothing where nothing does, or what is typed cannot be meant. */
function changeOf(experiment: Experiment, wish: Wish): ExperimentChange | null {
  const before = wishOf(experiment);
  const total = wish.weights.reduce((sum, each) => sum + Number(each), 0);
  const who = conditionOf(wish.who);
  const coverage = Number(wish.coverage);
  if (!(coverage >= 0 && coverage <= 100) || Math.abs(total - 100) > 0.001 || who === undefined) return null;
  const variants = experiment.variants.map(({ key, name, control, values }, index) => ({ key, name, control, values, weight: Number(wish.weights[index]) }));
  const change: ExperimentChange = {
    ...(wish.coverage !== before.coverage && { coverage: `${typed(coverage)}%` }),
    ...(JSON.stringify(wish.weights) !== JSON.stringify(before.weights) && { variants }),
    ...(JSON.stringify(who) !== JSON.stringify(conditionOf(before.who)) && { when: who }),
    ...(wish.enrolling !== before.enrolling && { enrolling: wish.enrolling }),
  };
  return Object.keys(change).length > 0 ? change : null;
}

function Consequence({ foreseen, lowers }: { foreseen: PlannedChange; lowers: boolean }) {
  const { exposed, moved, leaving, phase } = foreseen;
  return (
    <p>
      Of {plural(exposed, 'unit')} that met it, <strong>{grouped(moved)}</strong> would get another variant
      and <strong>{grouped(leaving)}</strong> would get none{phase != null && <>; it opens phase {phase}</>}.
      {lowers && leaving > 0 && <span class="soft"> Stopping enrolment keeps them all.</span>}
    </p>
  );
}

const steps = [1, 5, 10, 25, 50, 100];

/** Everything about a run that may change, with what each change does to those who are in. */
export function ChangeForm({ experiment, segments, onDone }: { experiment: Experiment; segments: Segment[]; onDone: (experiment: Experiment) => void }) {
  const [wish, put] = useState(() => wishOf(experiment));
  const [foreseen, foresee] = useState<PlannedChange>();
  const [trouble, setTrouble] = useState<Refused['problem']>();
  const deed = useDeed();
  const change = changeOf(experiment, wish);
  const rested = useRested(change, 200);
  const wished = (part: Partial<Wish>) => put((before) => ({ ...before, ...part }));
  useEffect(() => put(wishOf(experiment)), [experiment.version]);
  useEffect(() => {
    let stale = false;
    foresee(undefined);
    setTrouble(undefined);
    if (rested)
      api.foresee(experiment.key, rested).then(
        (told) => { if (!stale) foresee(told); },
        (refused) => { if (!stale && refused instanceof Refused) setTrouble(refused.problem); });
    return () => { stale = true; };
  }, [JSON.stringify(rested), experiment.version]);
  const asked = foreseen !== undefined && JSON.stringify(rested) === JSON.stringify(change);
  return (
    <Section id="change" title="Change who gets what">
      <Field id="coverage" label={`Take part (now ${share(experiment.coverage)})`} narrow>
        <Numeric id="coverage" value={wish.coverage} unit="%" onText={(coverage) => wished({ coverage })} />
      </Field>
      <div class="row" role="group" aria-label="Ramp to">
        {steps.map((step) => (
          <button key={step} type="button" class={wish.coverage === String(step) ? 'quiet on' : 'quiet'} aria-pressed={wish.coverage === String(step)}
            onClick={() => wished({ coverage: String(step) })}>{step} %</button>
        ))}
      </div>
      <details>
        <summary>Shares of the variants, and who takes part</summary>
        <div class="row">
          {experiment.variants.map(({ key }, index) => (
            <Field key={key} id={`weight-${index}`} label={key} narrow>
              <Numeric id={`weight-${index}`} value={wish.weights[index] ?? ''} unit="%"
                onText={(text) => wished({ weights: wish.weights.map((each, at) => (at === index ? text : each)) })} />
            </Field>
          ))}
        </div>
        <WhoFields who={wish.who} segments={segments} onChange={(who) => wished({ who })} />
      </details>
      <Tick id="enrolling" checked={wish.enrolling} onTick={(enrolling) => wished({ enrolling })}>
        New units may enter (off: only those who met a variant keep it)
      </Tick>
      <div role="status">
        {asked && <Consequence foreseen={foreseen} lowers={change?.coverage !== undefined} />}
        <Trouble problem={trouble ?? deed.problem} />
      </div>
      <button type="button" disabled={!asked || deed.busy} onClick={() => void deed.run(async () => onDone(await api.change(experiment.key, experiment.version, change!)))}>Apply</button>
    </Section>
  );
}
