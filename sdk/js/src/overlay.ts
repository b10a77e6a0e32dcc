// A panel for people who build the page: what each flag gave, and why. Loaded only by those who ask for it.
import type { Client, Result } from './client.js';

const style =
  'position:fixed;right:8px;bottom:8px;z-index:2147483647;max-height:50vh;overflow:auto;margin:0;padding:8px;' +
  'background:#111d;color:#fff;font:12px/1.4 monospace;border-radius:4px;white-space:pre';

const lineOf = ({ flag, value, variant, reason, cause, problem }: Result) =>
  `${flag} = ${JSON.stringify(value)}${variant ? ` [${variant}]` : ''} ${problem ?? reason} (${cause})`;

/** Shows it until the answer is called. Nothing that it does is told to the server. */
export function overlay(client: Client, parent: Element = document.body): () => void {
  const panel = document.createElement('pre');
  panel.setAttribute('aria-label', 'Touchstone');
  panel.style.cssText = style;
  parent.append(panel);
  const results = new Map<string, Result>();
  const draw = () => {
    const { version, queued, dropped } = client.status();
    const state = `version ${version}, ${queued} events wait, ${dropped} dropped`;
    panel.textContent = [state, ...[...results.values()].map(lineOf)].join('\n');
  };
  const off = client.on((what, detail) => {
    if (what === 'evaluate') results.set(detail.flag, detail);
    draw();
  });
  draw();
  return () => {
    off();
    panel.remove();
  };
}
