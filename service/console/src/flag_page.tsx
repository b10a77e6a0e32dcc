import { useState } from 'preact/hooks';
import { api, type Experiment, type Flag } from './api/client';
import { Section, Trouble } from './fields';
import { changedAt, staleWords } from './flag_age';
import { FlagSwitch } from './flag_switch';
import { useLive, useTitle } from './hooks';
import { NoSuch, Waiting } from './notices';
import { Rules } from './rule_words';
import { SnippetSection } from './snippet_section';
import { WhyBox } from './why_box';
import { day } from './words';

/** What its rules refer to, and when it was changed last. */
async function around(key: string) {
  const [experiments, changes] = await Promise.all([api.allExperiments(), api.changes({ entity: 'flag', key, limit: '1' })]);
  return { experiments: new Map(experiments.map((each) => [each.key, each])), changed: changedAt(changes.items).get(key) };
}

function Loaded({ flag, onDone }: { flag: Flag; onDone: (flag: Flag) => void }) {
  const more = useLive(() => around(flag.key), `${flag.key}/${flag.version}`, 30_000);
  const experiments: Map<string, Experiment> = more.value?.experiments ?? new Map();
  const stale = more.value ? staleWords(flag, experiments, more.value.changed, Date.now()) : '';
  return (
    <>
      <header class="head">
        <h1><bdi>{flag.name || flag.key}</bdi></h1>
        {flag.description && <p class="hypothesis"><bdi>{flag.description}</bdi></p>}
        <ul class="facts"><li>Key <code>{flag.key}</code></li><li>Type {flag.type}</li><li>Version {flag.version}</li>{flag.archived && <li>Archived</li>}{more.value?.changed && <li>Changed {day(more.value.changed)}</li>}</ul>
        {stale && <p class="sure">{stale}: it has done its work, and can leave the code.</p>}
      </header>
      <div class="desk even">
        <div>
          <FlagSwitch flag={flag} onDone={onDone} />
          <Section id="rules" title="Rules, tried in this order"><Rules flag={flag} experiments={experiments} /></Section>
        </div>
        <div>
          <WhyBox flag={flag} />
          <SnippetSection flag={flag} />
        </div>
      </div>
    </>
  );
}

export function FlagPage({ keyed }: { keyed: string }) {
  const live = useLive(() => api.flag(keyed), keyed, 5000);
  const [ours, keep] = useState<Flag>();
  const theirs = live.value;
  const flag = ours && (!theirs || ours.version > theirs.version) ? ours : theirs;
  useTitle(flag?.name || keyed);
  if (live.problem?.status === 404) return <NoSuch what="flag" keyed={keyed} list="/console/flags" />;
  if (!flag) return <Waiting problem={live.problem} />;
  return <><Trouble problem={live.problem} /><Loaded flag={flag} onDone={keep} /></>;
}
