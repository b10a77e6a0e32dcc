import type { Experiment } from './api/client';
import type { Figures } from './figures';
import { grouped, share } from './words';

/** Who is in, as it arrives. */
export function Arms({ experiment, figures }: { experiment: Experiment; figures: Figures | undefined }) {
  const counts = figures?.variants ?? [];
  const most = Math.max(1, ...counts.map(({ units }) => units));
  return (
    <table class="arms">
      <thead><tr><th scope="col">Variant</th><th scope="col">Share</th><th scope="col">Units</th><td class="wide" /></tr></thead>
      <tbody>
        {experiment.variants.map(({ key, name, weight, control }) => {
          const units = counts.find(({ variant }) => variant === key)?.units ?? 0;
          return (
            <tr key={key}>
              <th scope="row"><bdi>{name || key}</bdi>{control && key !== 'control' && <span class="soft"> control</span>}</th>
              <td>{share(weight)}</td>
              <td>{figures ? grouped(units) : '…'}</td>
              <td class="wide"><svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="open" width={(100 * units) / most} height="6" /></svg></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
