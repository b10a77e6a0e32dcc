export const Loading = () => <p class="soft" role="status">Loading…</p>;

export function NoSuch({ what, keyed, list = '/console' }: { what: string; keyed: string; list?: string }) {
  return (
    <section class="notice">
      <h1>No such {what}</h1>
      <p>None has the key <code>{keyed}</code>. <a class="deed" href={list}>See all</a></p>
    </section>
  );
}
