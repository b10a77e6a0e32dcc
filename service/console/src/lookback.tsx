import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Lookback } from './api/client';
import { Trouble } from './fields';
import { useLive, type Live } from './hooks';
import { day, grouped } from './words';

interface Answer {
  status: 'ready' | 'computing' | 'failed';
  progress: number;
  trouble: string | null;
  lookback: Lookback;
}

/** Asked again while the service is looking. */
export function useLookback<T extends Answer | undefined>(ask: () => Promise<T>, key: string): Live<T> {
  const live = useLive(ask, key);
  const looking = live.value?.status === 'computing';
  useEffect(() => {
    if (!looking) return;
    const timer = setTimeout(() => void live.again(), 700);
    return () => clearTimeout(timer);
  }, [live.value, looking]);
  return live;
}

/** What was looked at. */
export function LookbackNote({ of }: { of: NonNullable<Lookback> }) {
  return (
    <p class="soft">
      From {grouped(of.events)} events of {grouped(of.units)} {of.unit_type}s, {day(of.from)} to {day(of.until)}
      {of.share < 1 && `, from a sample of ${Math.round(of.share * 100)} %`}.
    </p>
  );
}

/** What was found, or how far the search is. */
export function Looked<T extends Answer>({ live, children }: { live: Live<T | undefined>; children: (answer: T, back: NonNullable<Lookback>) => ComponentChildren }) {
  const answer = live.value;
  if (!answer) return live.problem ? <Trouble problem={live.problem} /> : <p class="soft">Loading…</p>;
  if (answer.lookback) return <>{children(answer, answer.lookback)}</>;
  if (answer.status === 'failed') return <p class="soft">It could not be found: {answer.trouble}</p>;
  return (
    <>
      <p class="soft" role="status">Looking at the last 28 days…</p>
      <progress max="1" value={answer.progress} aria-label="Looking at the last 28 days" />
    </>
  );
}
