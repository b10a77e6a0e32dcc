import { api, type Metric } from './api/client';
import { Choice, Trouble } from './fields';
import { useDeed } from './hooks';
import { useMay } from './me';
import { stages } from './metric_words';

/** Where on a customer's way the figure is taken: reports show the way stage by stage. */
export function Stage({ metric, onDone }: { metric: Metric; onDone: () => Promise<void> }) {
  const deed = useDeed();
  const may = useMay('editor');
  const words = new Map<string, string>(stages);
  if (!may) return <>{words.get(metric.stage ?? '') ?? 'none'}</>;
  const choose = (stage: NonNullable<Metric['stage']> | '') => deed.run(async () => {
    await api.changeMetric(metric.key, metric.version, { stage: stage || null });
    await onDone();
  });
  return (
    <>
      <Choice id="stage" label="Stage of the journey" value={metric.stage ?? ''} options={[['', 'none'], ...stages]} onChoice={(stage) => void choose(stage)} />
      <Trouble problem={deed.problem} />
    </>
  );
}
