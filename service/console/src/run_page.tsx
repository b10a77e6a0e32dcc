import { useEffect, useState } from 'preact/hooks';
import { reportAddress } from './address';
import { api, type Experiment } from './api/client';
import { Arms } from './arms';
import { ChangeForm } from './change_form';
import { CopyAs } from './copy';
import { Decisions } from './decisions';
import { draftOf, experimentOf } from './draft';
import type { Catalogue } from './draft_page';
import { Arrivals } from './arrivals';
import { stateWords } from './experiment_list';
import { Section, Trouble } from './fields';
import { figuresOf } from './figures';
import { Freshness } from './freshness';
import { useLive } from './hooks';
import { useHeard, useSpaced } from './live';
import { Needs, useMay } from './me';
import { Moves } from './moves';
import { PastSection } from './past_section';
import { Phases } from './phases';
import { Progress } from './progress';
import { ScheduleSection } from './schedule_section';
import { Share } from './share';
import { Ship } from './ship';
import { SplitHistory } from './split_history';
import { Verdict } from './verdict';
import { minute, share } from './words';

function Facts({ experiment }: { experiment: Experiment }) {
  const { state, owner, phases, coverage, enrolling } = experiment;
  const facts: [string, string | undefined][] = [
    ['Status', `${stateWords[state]}${state === 'running' && enrolling === false ? ', closed to new units' : ''}`],
    ['Owner', owner],
    ['Started', phases[0] && minute(phases[0].started_at)],
    ['Ended', state === 'stopped' ? phases.at(-1)?.ended_at && minute(phases.at(-1)!.ended_at!) : undefined],
    ['Take part', share(coverage)],
    ['Key', experiment.name ? experiment.key : ''],
  ];
  return <ul class="facts">{facts.filter(([, value]) => value).map(([label, value]) => <li key={label}><span class="label">{label}</span> {value}</li>)}</ul>;
}

/** An experiment that has started: what it shows, and what can be done with it. */
export function RunPage({ first, catalogue }: { first: Experiment; catalogue: Catalogue }) {
  const [ours, keep] = useState(first);
  const [held, hold] = useState(false);
  const heard = useHeard(first.key, held);
  const { state } = heard;
  const polled = !held && (heard.link === 'none' || heard.link === 'broken') ? 5000 : 0;
  const live = useLive(() => api.experiment(first.key), first.key, polled);
  const report = useLive(() => api.report(first.key), first.key, polled);
  useEffect(() => { if (state) void live.again(); }, [state?.version]);
  useEffect(() => { if (state) void report.again(); }, [state?.verdict.headline]);
  const results = useSpaced(state?.results ?? report.value?.digest.results ?? '', 5000);
  const figures = figuresOf(state, report.value, polled > 0);
  const may = useMay('editor');
  const theirs = live.value;
  const experiment = theirs && theirs.version > ours.version ? theirs : ours;
  const done = (changed: Experiment) => { keep(changed); void report.again(); };
  const goes = experiment.state === 'running' || experiment.state === 'paused';
  const href = reportAddress(experiment.key);
  return (
    <>
      <header class="head">
        <h1><bdi>{experiment.name || experiment.key}</bdi></h1>
        {experiment.hypothesis && <p class="hypothesis">{experiment.hypothesis}</p>}
        <Facts experiment={experiment} />
        <p class="toggle"><a href={href}>Read the report</a></p>
      </header>
      <Trouble problem={live.problem ?? report.problem} />
      <Verdict experiment={experiment.key} seen={results} />
      <div class="desk even">
        <div>
          <Section id="live" title="Who is in">
            <Freshness heard={heard} held={held} onHold={hold} />
            <Arms experiment={experiment} figures={figures} />
            <Progress experiment={experiment} figures={figures} />
            <SplitHistory state={state} />
            <Arrivals state={state} />
          </Section>
          <Phases experiment={experiment} />
          <Decisions experiment={experiment} />
          <PastSection experiment={experiment.key} />
        </div>
        <div>
          {may ? (
            <>
              {goes && <ChangeForm experiment={experiment} segments={catalogue.segments} onDone={done} />}
              {goes && <Ship experiment={experiment} report={report.value} onDone={done} />}
              {goes && <ScheduleSection key={experiment.version} experiment={experiment} onDone={done} />}
              <Moves experiment={experiment} onDone={done} />
            </>
          ) : <section aria-label="Change it"><Needs role="editor" what="Changing, shipping and ending it">{null}</Needs></section>}
          <Share experiment={experiment} />
          <section aria-label="Take away"><CopyAs document={experimentOf(draftOf(experiment, catalogue.metrics), catalogue.metrics)} /></section>
        </div>
      </div>
    </>
  );
}
