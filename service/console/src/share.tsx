import { useState } from 'preact/hooks';
import { api, type Experiment } from './api/client';
import { Choice, Field, Section, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { Needs, useMay } from './me';
import { keepPicture } from './picture';
import { minute } from './words';

const lifetimes = [['1d', 'a day'], ['7d', 'a week'], ['30d', '30 days'], ['90d', '90 days']] as const;
const files = [['html', 'One page'], ['csv', 'Table (CSV)'], ['json', 'Document (JSON)'], ['md', 'Text for chat']] as const;
const drawings = [['changes', 'What changed'], ['certainty', 'How sure']] as const;

/** The report for those who have no key here. */
export function Share({ experiment }: { experiment: Experiment }) {
  const [lifetime, setLifetime] = useState<string>('7d');
  const [made, setMade] = useState('');
  const links = useLive(() => api.shareLinks(experiment.key), experiment.key);
  const deed = useDeed();
  const may = useMay('analyst');
  const at = `/experiments/${encodeURIComponent(experiment.key)}`;
  const report = `${at}/report`;
  const keep = (name: string) => deed.run(() => keepPicture(`${at}/${name}.svg`, `${experiment.key}-${name}.png`));
  const make = () => deed.run(async () => {
    const link = await api.share(experiment.key, lifetime);
    setMade(new URL(link.path, location.href).href);
    await links.again();
  });
  const takeBack = (id: string) => deed.run(async () => { await api.takeBack(id); setMade(''); await links.again(); });
  return (
    <Section id="share" title="Hand the report on">
      <Needs role="analyst" what="Taking it away and making links">
        <ul class="files">{files.map(([ending, words]) => <li key={ending}><a href={`${report}.${ending}`} download>{words}</a></li>)}
          <li><a href={`${at}/series.ndjson`} download>Day by day (NDJSON)</a></li>
          {drawings.map(([name, words]) => (
            <li key={name}>
              <a href={`${at}/${name}.svg`} download>{words} (SVG)</a>{' '}
              <button type="button" class="quiet" disabled={deed.busy} aria-label={`${words} (PNG)`} onClick={() => void keep(name)}>PNG</button>
            </li>
          ))}</ul>
        <Field id="share-lifetime" label="A link that anybody can read it by, for">
          <Choice id="share-lifetime" value={lifetime} onChoice={setLifetime} options={lifetimes} />
        </Field>
        <button type="button" class="quiet" disabled={deed.busy} onClick={() => void make()}>Make a link</button>
      </Needs>
      {made && <p role="status">Copy it now, nobody can show it again:<br /><a id="shared-link" href={made}>{made}</a></p>}
      <ul class="links">
        {(links.value?.items ?? []).map(({ id, expires_at, by }) => (
          <li key={id}><span>Works until {minute(expires_at)}{by && <span class="soft">, made by <bdi>{by}</bdi></span>}</span> {may && <button type="button" class="quiet" disabled={deed.busy} aria-label={`Take back the link that works until ${minute(expires_at)}`} onClick={() => void takeBack(id)}>Take back</button>}</li>
        ))}
      </ul>
      <Trouble problem={deed.problem ?? links.problem} />
    </Section>
  );
}
