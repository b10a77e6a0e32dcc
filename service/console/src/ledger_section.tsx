import { useQuery } from './address';
import { api, type Ledger } from './api/client';
import { Section, Trouble } from './fields';
import { Tabs } from './filters';
import { useLive } from './hooks';
import { by, outcomes, sent, spans, type Counts } from './ledger';
import { Loading } from './notices';
import { grouped, minute } from './words';

const times = [['', 24, 1, 'A day'], ['week', 168, 6, 'A week'], ['month', 744, 24, '31 days']] as const;

const most = 20; // lines of a table

/** A bar for each span, with what was not stored on top. */
function Bars({ all }: { all: { from: number; counts: Counts }[] }) {
  const highest = Math.max(1, ...all.map(({ counts }) => sent(counts)));
  const bar = ({ counts }: { counts: Counts }, index: number) => {
    let below = 0;
    return outcomes.map(([outcome]) => {
      const height = (counts[outcome] / highest) * 100;
      below += height;
      return height > 0 && <rect key={`${index}-${outcome}`} class={outcome} x={index + 0.1} width={0.8} y={100 - below} height={height} />;
    });
  };
  const first = minute(new Date(all[0]!.from).toISOString());
  return (
    <figure class="bars">
      <svg role="img" aria-label={`What was sent from ${first} until now, at most ${grouped(highest)} at a time`} viewBox={`0 0 ${all.length} 100`} preserveAspectRatio="none">{all.map(bar)}</svg>
      <figcaption class="soft"><span>{first}</span><span>at most {grouped(highest)}</span><span>now</span></figcaption>
    </figure>
  );
}

function Figures({ ledger }: { ledger: Ledger }) {
  const { window: counts, total } = ledger;
  return (
    <>
      <ul class="figures">
        <li><span class="label">Sent</span> <strong>{grouped(counts.sent)}</strong></li>
        {outcomes.map(([outcome, words]) => <li key={outcome} class={outcome}><span class="label">{words}</span> <strong>{grouped(counts[outcome])}</strong></li>)}
      </ul>
      <p class="soft">
        {counts.conflict > 0 && `${grouped(counts.conflict)} of what was sent before said something else; the first counts. `}
        Since the beginning {grouped(total.sent)} were sent and {grouped(total.stored)} stored.
      </p>
    </>
  );
}

function Sums({ caption, other, lines }: { caption: string; other: string; lines: [string | null, Counts][] }) {
  return (
    <table class="sums">
      <thead><tr><th scope="col">{caption}</th>{outcomes.map(([outcome, words]) => <th key={outcome} scope="col">{words}</th>)}</tr></thead>
      <tbody>
        {lines.slice(0, most).map(([name, counts]) => (
          <tr key={name}><th scope="row">{name === null ? <span class="soft">{other}</span> : <bdi>{name}</bdi>}</th>{outcomes.map(([outcome, words]) => <td key={outcome} data-what={words}>{grouped(counts[outcome])}</td>)}</tr>
        ))}
      </tbody>
      {lines.length > most && <tfoot><tr><td colSpan={5} class="soft">The {most} with most of {grouped(lines.length)}.</td></tr></tfoot>}
    </table>
  );
}

/** What became of everything that was sent; it follows while it is looked at. */
export function LedgerSection() {
  const { query, choose } = useQuery();
  const [, hours, width] = times.find(([each]) => each === query.get('time')) ?? times[0];
  const from = () => new Date((Math.floor(Date.now() / 3_600_000) + 1 - hours) * 3_600_000).toISOString();
  const live = useLive(() => api.ledger({ from: from() }), String(hours), 3000);
  return (
    <Section id="ledger" title="What became of what was sent">
      <Tabs label="Time" name="time" query={query} onChoice={choose} options={times.map(([each, , , words]) => [each, words] as const)} />
      <Trouble problem={live.problem} />
      {!live.value ? !live.problem && <Loading /> : (
        <>
          <Figures ledger={live.value} />
          {live.value.items.length === 0
            ? <p class="nothing">Nothing was sent in this time. <a class="deed" href="/docs#sendEvents">How to send events</a></p>
            : <>
                <Bars all={spans(live.value.items, Date.now(), hours, width)} />
                <Sums caption="By key" other="the service itself" lines={by(live.value.items, 'key')} />
                <Sums caption="By experiment" other="everything but exposures" lines={by(live.value.items, 'experiment')} />
              </>}
        </>
      )}
    </Section>
  );
}
