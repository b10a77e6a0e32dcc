"""Durable ingest over HTTP beside COPY into a PostgreSQL table with a primary key."""

import json

from machine import CONNECTIONS, ROUNDS, Touchstone, load, middle, number, sync_cost_ms, table
from postgres import Postgres

BATCHES = {1: 60, 100: 20, 1000: 6}  # PostgreSQL's, per connection and round


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


def ingest(service, run, batch):
    events, commits = stored(service), service.counter("writer_commits_total")
    counted = load(service, service.url(), "ingest.lua", [service.key, str(batch), run])
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


def compare(folder):
    results = {batch: ([], []) for batch in BATCHES}
    with Touchstone(folder / "data") as service, Postgres(folder / "postgres") as yardstick:
        agree(service)
        for one in range(ROUNDS):
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
    return text, True
