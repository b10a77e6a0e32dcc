"""Durable ingest over HTTP beside COPY into a PostgreSQL table with a primary key."""

import json

from machine import CONNECTIONS, ROUNDS, Touchstone, load, middle, number, sync_cost_ms, table
from postgres import Postgres

BATCHES = {1: 60, 100: 20, 1000: 6}  # PostgreSQL's, per connection and round
LARGE = max(BATCHES)


def agree(service):
    """An experiment that every event counts for."""
    service.post("/v1/metrics", {"key": "revenue", "kind": "sum", "event": "purchase"})
    service.post("/v1/experiments", {
        "key": "bench", "scheme": "external", "exposure": "client",
        "variants": [{"key": "control", "control": True}, {"key": "treatment"}],
        "plan": {"metrics": [{"metric": "revenue"}]}})
    service.post("/v1/experiments/bench:start", {"at": "2026-01-01T00:00:00Z"})


def stored(service):
    return json.loads(service.ask("/v1/experiments/bench/report"))["ledger"]["stored"]


def ingest(service, run, batch, ids="ascending"):
    events, commits = stored(service), service.counter("writer_commits_total")
    counted = load(service, service.url(), "ingest.lua", [service.key, str(batch), run, ids])
    events = stored(service) - events
    if events < counted["requests"] * batch:
        raise SystemExit(f"acknowledged {counted['requests'] * batch} events, stored {events}")
    return {"rps": counted["rps"] * batch, "cpu_us": counted["cpu_us"] / batch, "p99_ms": counted["p99_ms"],
            "per_sync": events / (service.counter("writer_commits_total") - commits)}


def row(batch, yardstick, ours):
    def cells(rounds):
        return [number(middle(rounds, name)) for name in ("rps", "cpu_us", "per_sync")]
    return [batch, *cells(yardstick), *cells(ours), number(middle(ours, "p99_ms")),
            number(middle(ours, "rps") / middle(yardstick, "rps")),
            number(middle(yardstick, "cpu_us") / middle(ours, "cpu_us"))]


def alone(in_order, random, sizes):
    """That neither the order of ids nor what is stored matters."""
    first, last = in_order[0], in_order[-1]
    ordered = middle(in_order, "rps")
    return table([f"Touchstone, {LARGE} items a batch", "events/s", "ratio"],
                 [["ids that ascend", number(ordered), ""],
                  ["ids in no order, to that", number(middle(random, "rps")), number(middle(random, "rps") / ordered)],
                  [f"the first round, {sizes[0] / 1e6:.1f} million stored before", number(first["rps"]), ""],
                  [f"the last, {sizes[-1] / 1e6:.1f} million stored before, to that", number(last["rps"]),
                   number(last["rps"] / first["rps"])],
                  ["the same of CPU", "", number(first["cpu_us"] / last["cpu_us"])]])


def compare(folder):
    results = {batch: ([], []) for batch in BATCHES}
    random, sizes = [], []
    with Touchstone(folder / "data") as service, Postgres(folder / "postgres") as yardstick:
        agree(service)
        ingest(service, "warm", LARGE)
        for one in range(ROUNDS):
            random.append(ingest(service, f"{one}-random", LARGE, "random"))
            sizes.append(stored(service))
            for batch, batches in BATCHES.items():
                results[batch][0].append(yardstick.load(f"{one}-{batch}", batch, batches))
                results[batch][1].append(ingest(service, f"{one}-{batch}", batch))
        text = (f"### Durable ingest\n\nOver HTTP, {CONNECTIONS} connections, half exposures and half purchases, exact "
                "de-duplication and live statistics on, beside PostgreSQL 15 `COPY` on as many connections into a "
                "table with a primary key; each acknowledged after its sync. Appending 4 KiB and fdatasync costs "
                f"{sync_cost_ms(folder / 'data'):.2f} ms for Touchstone and "
                f"{sync_cost_ms(folder / 'postgres'):.2f} ms for PostgreSQL.\n\n")
    text += table(["items a batch", "COPY events/s", "CPU µs", "events a sync", "Touchstone events/s", "CPU µs",
                   "events a sync", "p99 ms", "events/s ratio", "CPU ratio"],
                  [row(batch, *rounds) for batch, rounds in results.items()])
    text += "\n" + alone(results[LARGE][1], random, sizes)
    return text, True
