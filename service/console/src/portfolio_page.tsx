import { experimentAddress, metricAddress, reportAddress, useQuery, type QueryChange } from './address';
import { api, type Experiment, type Metric, type Portfolio } from './api/client';
import { valuesOf } from './experiment_list';
import { Field, Section } from './fields';
import { Pick, Some } from './filters';
import { Forest } from './forest';
import { useLive, useTitle } from './hooks';
import { liftWords, percent, spanOf } from './lift';
import { Loaded } from './notices';
import { capital, grouped, plural } from './words';

const verdictWords: Record<string, string> = {
  do_not_trust: 'not to be used', no_data: 'without data', keep_running: 'stopped early', roll_back: 'roll back', trade_off: 'gain against harm',
  segment_split: 'different customers', ship: 'ship', ship_with_care: 'ship with care', no_difference: 'no difference', inconclusive: 'could not tell',
};

const reasonWords: Record<string, string> = {
  do_not_trust: 'its data are not to be trusted', no_data: 'it has no data', no_goal: 'it has no goal', no_report: 'there is no report',
  unbounded: 'too little is known of it', baseline_not_positive: 'its goal has no relative change', not_relative: 'its goal has no relative change',
};

const asked = ['owner', 'tag', 'metric'];

/** The query of the page as the API takes it: days are whole ones, UTC. */
function questionOf(query: URLSearchParams): Record<string, string> {
  const question: Record<string, string> = {};
  for (const name of asked) if (query.get(name)) question[name] = query.get(name)!;
  if (query.get('from')) question.from = `${query.get('from')}T00:00:00Z`;
  if (query.get('before')) question.before = `${query.get('before')}T00:00:00Z`;
  return question;
}

function Figure({ label, value }: { label: string; value: string }) {
  return <li><span class="soft label">{label}</span><strong>{value}</strong></li>;
}

function Counts({ of }: { of: Portfolio }) {
  return (
    <Section id="counts" title="How many, and how they ended">
      <ul class="figures">
        <Figure label="Begun" value={grouped(of.experiments)} />
        <Figure label="A month" value={of.per_month === null ? '–' : of.per_month.toFixed(1)} />
        <Figure label="Running" value={grouped(of.running)} />
        <Figure label="Ended" value={grouped(of.ended)} />
        <Figure label="Win rate" value={of.win_rate ? `${Math.round(of.win_rate.estimate * 100)} %` : '–'} />
      </ul>
      {of.win_rate && <p class="soft">{grouped(of.wins)} of {grouped(of.judged)} that ended with a verdict to be believed said ship ({Math.round(of.win_rate.low * 100)} to {Math.round(of.win_rate.high * 100)} % at 95 %).</p>}
      {of.verdicts.length > 0 && <p>Ended: {of.verdicts.map(({ verdict, experiments }) => `${grouped(experiments)} ${verdictWords[verdict] ?? verdict}`).join(', ')}.</p>}
    </Section>
  );
}

function Totals({ of, names }: { of: Portfolio; names: Map<string, string> }) {
  return (
    <Section id="shipped" title="What was shipped">
      {of.shipped.length === 0 && <p class="soft">Nothing yet: an experiment counts here once somebody records the decision to ship on its page.</p>}
      {of.shipped.map(({ metric, experiments, raw, shrunken }) => (
        <p key={metric}>
          <a href={metricAddress(metric)}><bdi>{names.get(metric) || metric}</bdi></a>, {plural(experiments, 'experiment')}:{' '}
          {shrunken && <><strong>{liftWords(shrunken)}</strong> to be believed; </>}<span class={shrunken ? 'soft' : ''}>{liftWords(raw)} as measured.</span>
        </p>
      ))}
      <p class="soft">{of.explanation}</p>
    </Section>
  );
}

function Effects({ of, names }: { of: Portfolio; names: Map<string, string> }) {
  const span = spanOf(of.effects.map(({ raw }) => raw));
  return (
    <Section id="effects" title="Every change of a first goal">
      {of.prior.mean && of.prior.spread !== null && (
        <p class="soft">{plural(of.prior.effects, 'comparison')}; their mean gain is {liftWords(of.prior.mean)}, and true changes spread by about {percent(Math.expm1(of.prior.spread)).slice(1)} around it. Hollow: as measured; filled: to be believed.</p>
      )}
      {of.effects.length === 0 && <p class="nothing">No change to compare yet.</p>}
      <Some all={of.effects} of="effects" each={(effect) => (
        <li key={`${effect.experiment} ${effect.variant}`} class="effect">
          <span><a href={reportAddress(effect.experiment)}><bdi class="name">{effect.name || effect.experiment}</bdi></a> <bdi class="soft line">{effect.variant}, {names.get(effect.metric) || effect.metric}{effect.shipped && ' · shipped'}</bdi></span>
          <Forest raw={effect.raw} shrunken={effect.shrunken} span={span} />
          <span>{effect.shrunken && <span class="line">{liftWords(effect.shrunken)}</span>}<span class="soft line">measured {liftWords(effect.raw)}</span></span>
        </li>
      )} />
      {of.left_out.length > 0 && (
        <details>
          <summary>{capital(plural(of.left_out.length, 'experiment'))} left out</summary>
          <ul class="plain">{of.left_out.map(({ experiment, name, reason }) => <li key={experiment}><a href={experimentAddress(experiment)}><bdi>{name || experiment}</bdi></a>: {reasonWords[reason] ?? reason}</li>)}</ul>
        </details>
      )}
    </Section>
  );
}

function Filters({ experiments, goals, query, choose }: { experiments: Experiment[]; goals: string[]; query: URLSearchParams; choose: (change: QueryChange) => void }) {
  const date = (name: string, label: string) => (
    <Field id={name} label={label} narrow>
      <input id={name} type="date" value={query.get(name) ?? ''} onChange={(event) => choose({ [name]: event.currentTarget.value })} />
    </Field>
  );
  return (
    <div class="row filters">
      <Pick label="Owner" name="owner" query={query} onChoice={choose} values={valuesOf(experiments, (each) => [each.owner])} />
      <Pick label="Tag" name="tag" query={query} onChoice={choose} values={valuesOf(experiments, (each) => each.tags)} />
      <Pick label="Goal" name="metric" query={query} onChoice={choose} values={goals} />
      {date('from', 'Begun from')}
      {date('before', 'Begun before')}
    </div>
  );
}

const goalOf = (experiment: Experiment): string[] => (experiment.plan.metrics ?? []).filter(({ role }) => role === 'goal').slice(0, 1).map(({ metric }) => metric);

interface Found {
  portfolio: Portfolio;
  metrics: Metric[];
}

function Told({ found: { portfolio, metrics } }: { found: Found }) {
  const names = new Map(metrics.map(({ key, name }) => [key, name]));
  return (
    <>
      <Counts of={portfolio} />
      <Totals of={portfolio} names={names} />
      <Effects of={portfolio} names={names} />
    </>
  );
}

/** What all experiments come to. */
export function PortfolioPage() {
  useTitle('Portfolio');
  const { query, choose } = useQuery();
  const ask = async (): Promise<Found> => {
    const [portfolio, metrics] = await Promise.all([api.portfolio(questionOf(query)), api.metrics()]);
    return { portfolio, metrics };
  };
  const live = useLive(ask, query.toString(), 60_000);
  const experiments = useLive(api.allExperiments, 'experiments');
  return (
    <section class="page portfolio">
      <div class="title"><h1>Portfolio</h1><a href="/console">The experiments</a></div>
      <Filters experiments={experiments.value ?? []} goals={valuesOf(experiments.value ?? [], goalOf)} query={query} choose={choose} />
      <Loaded live={live}>{(found) => <Told found={found} />}</Loaded>
    </section>
  );
}
