import type { ComponentChildren } from 'preact';
import type { Problem } from './api/client';
import { Trouble } from './fields';
import type { Live } from './hooks';

export const Loading = () => <p class="soft" role="status">Loading…</p>;

/** In a page: what was asked for once it is there, and what was said no to. */
export function Loaded<T>({ live: { value, problem }, children }: { live: Live<T>; children: (value: T) => ComponentChildren }) {
  return <><Trouble problem={problem} />{value ? children(value) : !problem && <Loading />}</>;
}

/** In the place of a page that has nothing yet. */
export const Waiting = ({ problem }: { problem: Problem | undefined }) =>
  problem ? <section class="notice"><Trouble problem={problem} /></section> : <Loading />;

export function NoSuch({ what, keyed, list = '/console' }: { what: string; keyed: string; list?: string }) {
  return (
    <section class="notice">
      <h1>No such {what}</h1>
      <p>None has the key <code>{keyed}</code>. <a class="deed" href={list}>See all</a></p>
    </section>
  );
}
