"""How long a report takes, by how much has happened."""

import datetime
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


BEGIN = datetime.datetime(2026, 1, 1)
DAYS = 20
MINUTES = 120


def agree_on_looks(service):
    """Two metrics with windows of a day, judged at each of 500 ticks of 57 minutes."""
    for key, kind in (("bought", "proportion"), ("spent", "sum")):
        service.post("/v1/metrics", {"key": key, "kind": kind, "event": "purchase", "window": {"length": "1d"}})
    service.post("/v1/experiments", {
        "key": "bench", "scheme": "external", "exposure": "client",
        "variants": [{"key": "control", "control": True}, {"key": "treatment"}],
        "plan": {"metrics": [{"metric": "bought"}, {"metric": "spent", "role": "secondary"}],
                 "horizon": {"ends_at": (BEGIN + datetime.timedelta(days=DAYS)).isoformat() + "Z"}}})
    service.post("/v1/experiments/bench:start", {"at": BEGIN.isoformat() + "Z"})


def as_they_come(start, count, size):
    """Exposures evenly over the plan's days, and each tenth customer's purchase ten minutes later."""
    def at(n, minutes=0):
        return (BEGIN + datetime.timedelta(days=DAYS * n / size, minutes=minutes)).isoformat(timespec="milliseconds") + "Z"
    many = []
    for n in range(start, start + count):
        many.append({"id": f"x{n}", "type": "exposure", "unit": f"customer-{n}", "ts": at(n), "experiment": "bench",
                     "variant": ("control", "treatment")[n % 2]})
        if n * 7 % 10 == 0:
            many.append({"id": f"p{n}", "type": "event", "unit": f"customer-{n}", "ts": at(n, 10), "name": "purchase",
                         "value": n % 97 + 0.25})
    return json.dumps(many).encode()


def timed_ms(service, path):
    start = time.perf_counter()
    service.ask(path)
    return (time.perf_counter() - start) * 1e3


def measure_while_it_runs(data, events):
    """Reports and pages on an experiment near its end, each after a further minute of it."""
    size = round(events / 1.1)
    a_minute = size // (DAYS * 24 * 60)
    spared = size - MINUTES * a_minute
    with Touchstone(data) as service:
        agree_on_looks(service)
        for start in range(0, spared, 900):
            service.ask("/v1/events", as_they_come(start, min(900, spared - start), size))
        took = {"report": [timed_ms(service, "/v1/experiments/bench/report")],
                "page": [timed_ms(service, "/experiments/bench")]}
        for start in range(spared, size - a_minute, a_minute):
            service.ask("/v1/events", as_they_come(start, a_minute, size))
            took["report"].append(timed_ms(service, "/v1/experiments/bench/report"))
            took["page"].append(timed_ms(service, "/experiments/bench"))
    return [[name, number(first), number(statistics.median(later)),
             number(statistics.quantiles(later, n=20)[-1]), number(max(later))]
            for name, (first, *later) in took.items()]


def compare(folder):
    rows = [measure(folder / str(size), size) for size in SIZES]
    running = measure_while_it_runs(folder / "running", SIZES[-1])
    text = ("### Report\n\nOne experiment, half of the events exposures, over HTTP: the first report after the last "
            f"event, then {REPORTS} more, each after a further 100 events.\n\n")
    text += table(["events", "first ms", "median ms", "slowest ms"], rows)
    text += (f"\n1 000 000 events over {DAYS} days, two metrics with windows of a day: the first after all of them, then "
             f"{MINUTES} more, each after a further minute of the experiment's time. The page draws how its answer came "
             "about, too.\n\n")
    return text + table(["asked", "first ms", "median ms", "p95 ms", "slowest ms"], running), True
