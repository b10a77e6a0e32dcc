// Listening to an experiment: EventSource, without anything of the console around it.
import type { LiveState } from './api/client';
import type { Link, Stage } from './live_words';

export interface Hearing {
  state: (state: LiveState) => void;
  stage: (stage: Stage) => void;
  link: (link: Link) => void;
  problem?: (detail: string) => void;
}

/** Until the answer is called, and while the page is looked at: browsers keep few connections to one place. `query`: "?as_of=..." for an experiment as it was. */
export function listen(experiment: string, hearing: Hearing, query = ''): () => void {
  let source: EventSource | undefined;
  let over = false;
  const close = () => { source?.close(); source = undefined; };
  const open = () => {
    const opened = new EventSource(`/v1/experiments/${encodeURIComponent(experiment)}/live${query}`);
    const on = <T>(event: string, then: (data: T) => void) =>
      opened.addEventListener(event, ({ data }: MessageEvent<string>) => then(JSON.parse(data) as T));
    on<LiveState>('state', (state) => { hearing.link('live'); hearing.state(state); });
    on<Stage>('stage', hearing.stage);
    on<{ detail: string }>('problem', ({ detail }) => hearing.problem?.(detail));
    on('end', () => { over = true; close(); hearing.link('over'); });
    // A stream that was had comes back by itself; one that is refused does not.
    opened.onopen = () => hearing.link('live');
    opened.onerror = () => hearing.link(opened.readyState === EventSource.CLOSED ? 'none' : 'broken');
    source = opened;
  };
  const look = () => (document.hidden ? close() : !source && !over && open());
  document.addEventListener('visibilitychange', look);
  look();
  return () => { document.removeEventListener('visibilitychange', look); close(); };
}
