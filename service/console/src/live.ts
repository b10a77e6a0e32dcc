// An experiment's figures as they come.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveState } from './api/client';
import type { Link, Stage } from './live_words';
import { listen } from './stream';

export interface Heard {
  state?: LiveState;
  came?: number; // when, by this browser's clock
  stage?: Stage;
  link: Link;
}

/** What is heard of an experiment; held, it stays as it is. */
export function useHeard(experiment: string, held: boolean): Heard {
  const [heard, put] = useState<Heard>({ link: 'waiting' });
  useEffect(() => {
    if (held) return;
    return listen(experiment, {
      state: (state) => put(({ link }) => ({ state, came: Date.now(), link })),
      stage: (stage) => put((before) => ({ ...before, stage })),
      link: (link) => put((before) => (before.link === link ? before : { ...before, link })),
    });
  }, [experiment, held]);
  return heard;
}

/** The value, but another one only so often: the first at once, of those that come too soon the last. */
export function useSpaced<T>(value: T, ms: number): T {
  const [spaced, put] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    if (Object.is(value, spaced)) return;
    const timer = setTimeout(() => { last.current = Date.now(); put(value); }, Math.max(0, last.current + ms - Date.now()));
    return () => clearTimeout(timer);
  }, [value, spaced, ms]);
  return spaced;
}

/** Seconds since an instant, told anew every second. */
export function useSeconds(since: number | undefined): number {
  const [now, put] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => put(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return since === undefined ? 0 : Math.max(0, (now - since) / 1000);
}
