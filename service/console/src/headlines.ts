/** The verdict of a report in a few words. */
export interface Headline {
  words: string;
  mark: string; // the path of its icon
}

/** By key, as the service's own list says them: words are in one place. */
export async function fetchHeadlines(): Promise<Map<string, Headline>> {
  const text = await fetch('/', { headers: { Accept: 'text/html' } }).then((answer) => (answer.ok ? answer.text() : '')).catch(() => '');
  const page = new DOMParser().parseFromString(text, 'text/html');
  const all = new Map<string, Headline>();
  for (const link of page.querySelectorAll('ul.list a')) {
    const headline = link.querySelector('.headline');
    const key = decodeURIComponent(link.getAttribute('href')?.split('/').at(-1) ?? '');
    if (headline) all.set(key, { words: headline.textContent.trim(), mark: headline.querySelector('path')?.getAttribute('d') ?? '' });
  }
  return all;
}
