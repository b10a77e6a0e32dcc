import type { Experiment } from './api/client';
import { Section } from './fields';
import { minute, share } from './words';

const width = (entry: number[][]): number => entry.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0);

/** What was changed while it ran. */
export function Phases({ experiment }: { experiment: Experiment }) {
  return (
    <Section id="phases" title="So far">
      <table class="phases">
        <thead><tr><th scope="col">Phase</th><th scope="col">From</th><th scope="col">Take part</th><th scope="col">Shares</th></tr></thead>
        <tbody>
          {[...experiment.phases].reverse().map(({ number, started_at: from, ended_at: to, entry, weights, enrolling }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td>{minute(from)}{to && <span class="soft"> to {minute(to)}</span>}</td>
              <td>{share(width(entry))}{!enrolling && <span class="soft"> closed to new units</span>}</td>
              <td>{weights.map(share).join(' : ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
