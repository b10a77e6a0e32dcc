import { useState } from 'preact/hooks';
import { api, type Flag } from './api/client';
import { Section, Trouble } from './fields';
import { FlagSwitch } from './flag_switch';
import { useLive, useTitle } from './hooks';
import { NoSuch, Waiting } from './notices';
import { Rules } from './rule_words';
import { WhyBox } from './why_box';

function Loaded({ flag, onDone }: { flag: Flag; onDone: (flag: Flag) => void }) {
  return (
    <>
      <header class="head">
        <h1><bdi>{flag.name || flag.key}</bdi></h1>
        {flag.description && <p class="hypothesis"><bdi>{flag.description}</bdi></p>}
        <ul class="facts"><li>Key <code>{flag.key}</code></li><li>Type {flag.type}</li><li>Version {flag.version}</li>{flag.archived && <li>Archived</li>}</ul>
      </header>
      <div class="desk even">
        <div>
          <FlagSwitch flag={flag} onDone={onDone} />
          <Section id="rules" title="Rules, tried in this order"><Rules flag={flag} /></Section>
        </div>
        <WhyBox flag={flag} />
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
