import type { Experiment, Metric } from './api/client';
import { Arms } from './arms';
import { CopyAs } from './copy';
import { draftOf, experimentOf } from './draft';
import { Section } from './fields';
import { Needs } from './me';

/** A draft, to somebody who may not change it. */
export function DraftView({ experiment, metrics }: { experiment: Experiment | undefined; metrics: Metric[] }) {
  return (
    <>
      <header class="head">
        <h1>{experiment ? <bdi>{experiment.name || experiment.key}</bdi> : 'New experiment'}</h1>
        {experiment?.hypothesis && <p class="hypothesis"><bdi>{experiment.hypothesis}</bdi></p>}
        <Needs role="editor" what={experiment ? `This is a draft, version ${experiment.version}. Changing and starting it` : 'Describing one'}>{null}</Needs>
      </header>
      {experiment && <Section id="arms" title="Variants"><Arms experiment={experiment} figures={undefined} /></Section>}
      {experiment && <section aria-label="Take away"><CopyAs document={experimentOf(draftOf(experiment, metrics), metrics)} /></section>}
    </>
  );
}
