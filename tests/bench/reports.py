"""How long a report takes, by how much has happened."""

import json
import statistics
import time

from ingest import agree
from machine import Touchstone, number, table

SIZES = (10**4, 10**5, 10**6)
REPORTS = 50


def events(start, count):
    return json.dumps([
        {"id": f"e{n}", "type": "exposure", "unit": f"customer-{n // 2}", "ts": "2026-11-21T10:00:00Z",
         "experiment": "bench", "variant": ("control", "treatment")[n // 2 % 2]} if n % 2 == 0 else
        {"id": f"e{n}", "type": "event", "unit": f"customer-{n // 2}", "ts": "2026-11-21T11:00:00Z",
         "name": "purchase", "value": n % 97 + 0.25}
        for n in range(start, start + count)]).encode()


def report_ms(service):
    start = time.perf_counter()
    service.ask("/v1/experiments/bench/report")
    return (time.perf_counter() - start) * 1e3


def measure(data, size):
    """The first report after all events, then each after a further hundred."""
    with Touchstone(data) as service:
        agree(service)
        for start in range(0, size, 1000):
            service.ask("/v1/events", events(start, 1000))
        first = report_ms(service)
        later = []
        for i in range(REPORTS):
            service.ask("/v1/events", events(size + 100 * i, 100))
            later.append(report_ms(service))
    return [f"{size:,}".replace(",", " "), number(first), number(statistics.median(later)), number(max(later))]


def compare(folder):
    rows = [measure(folder / str(size), size) for size in SIZES]
    text = ("### Report\n\nOne experiment, half of the events exposures, over HTTP: the first report after the last "
            f"event, then {REPORTS} more, each after a further 100 events.\n\n")
    return text + table(["events", "first ms", "median ms", "slowest ms"], rows), True
