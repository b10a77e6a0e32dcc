import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refused, type Problem } from './api/client';

/** An answer is asked for again every so often while somebody looks; an older one never replaces a newer one. */
export interface Live<T> {
  value: T | undefined;
  problem: Problem | undefined;
  again: () => Promise<void>;
}

export function useLive<T>(ask: () => Promise<T>, key: string, every = 0): Live<T> {
  const [state, put] = useState<{ key: string; value?: T; problem?: Problem }>({ key });
  const latest = useRef(0);
  const asking = useRef(ask);
  asking.current = ask;
  const again = useCallback(async () => {
    const turn = ++latest.current;
    try {
      const value = await asking.current();
      if (turn === latest.current) put({ key, value });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (turn === latest.current) put((before) => ({ ...(before.key === key ? before : { key }), problem: refused.problem }));
    }
  }, [key]);
  useEffect(() => {
    void again();
    if (every === 0) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && void again(), every);
    return () => clearInterval(timer);
  }, [again, every]);
  useEffect(() => {
    if (every > 0 || (state.problem?.status ?? 0) < 500) return;
    const timer = setTimeout(() => void again(), 5000); // what could not be answered may be soon
    return () => clearTimeout(timer);
  }, [state, again, every]);
  const fresh = state.key === key;
  return { value: fresh ? state.value : undefined, problem: fresh ? state.problem : undefined, again };
}

/** What the browser's tab says. */
export function useTitle(title: string): void {
  useEffect(() => { document.title = `${title}: console`; }, [title]);
}

/** The value once it has rested. */
export function useRested<T>(value: T, ms: number): T {
  const [rested, put] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => put(value), ms);
    return () => clearTimeout(timer);
  }, [JSON.stringify(value), ms]);
  return rested;
}

/** Does one thing at a time, and keeps what was said no to. */
export function useDeed(): { busy: boolean; problem: Problem | undefined; run: (deed: () => Promise<unknown>) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = useCallback(async (deed: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await deed();
      return true;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setProblem(refused.problem);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, run };
}
