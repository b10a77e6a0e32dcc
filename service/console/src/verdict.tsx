import { useEffect, useRef } from 'preact/hooks';

/** The report's own words: drawn by the service, so that no two pages say different things. */
async function fetchVerdict(key: string): Promise<Element[]> {
  const answer = await fetch(`/experiments/${encodeURIComponent(key)}`, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const parts = ['#verdict', '#trust'].map((id) => page.querySelector(id)).filter((part) => part !== null);
  for (const part of parts)
    for (const link of part.querySelectorAll('a[href^="#"]')) link.setAttribute('href', `/experiments/${encodeURIComponent(key)}${link.getAttribute('href')}`);
  return parts;
}

/** Shown anew whenever `seen` is another. */
export function Verdict({ experiment, seen }: { experiment: string; seen: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let stale = false;
    void fetchVerdict(experiment).then((parts) => { if (!stale && parts.length > 0) place.current?.replaceChildren(...parts); });
    return () => { stale = true; };
  }, [experiment, seen]);
  return <div ref={place} class="report" />;
}
