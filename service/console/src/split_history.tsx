import { useEffect, useState } from 'preact/hooks';
import type { LiveState } from './api/client';
import { clockWords } from './live_words';
import { points, type Looked } from './split_points';

const width = 300;
const height = 60;
const kept = 300;

/** The chance of the split by luck, look by look since the page was opened, and the line below which it alarms. */
export function SplitHistory({ state }: { state: LiveState | undefined }) {
  const [looks, put] = useState<Looked[]>([]);
  const p = state?.split?.p;
  useEffect(() => {
    if (state && p != null) put((before) => [...before, { at: state.at, p }].slice(-kept));
  }, [state?.at]);
  const last = looks.at(-1);
  if (!last || !state?.split) return <p class="soft">Split: not looked at yet.</p>;
  const limit = state.split.limit ?? 0.001;
  const drawn = points(looks, limit, width, height);
  const words = `Split ${state.split.level === 'ok' ? 'as planned' : 'not as planned'}: chance by luck ${drawn.words}, alarm below ${limit}`;
  return (
    <figure class="split">
      <svg role="img" aria-label={words} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
        <line class="limit" x1={0} x2={width} y1={drawn.limit} y2={drawn.limit} />
        <polyline class={state.split.level} points={drawn.line} />
      </svg>
      <figcaption class="soft">{words}. Since {clockWords(looks[0]!.at)}, {looks.length} {looks.length === 1 ? 'look' : 'looks'}.</figcaption>
    </figure>
  );
}
