"""Many events: how long a report takes, what memory holds, how long a start takes, and a recompute beside DuckDB's."""

import datetime
import json
import math
import os
import queue
import shutil
import statistics
import subprocess
import threading
import time

import machine
from machine import HERE, LOAD_CORE, PROGRAM, Touchstone, number, pinned, table

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "1000000"))
ENTRY_DAYS = 30
STEP_MINUTES = 1200  # between two events of a customer
NAMES = ("visit", "visit", "visit", "purchase", "visit", "help", "visit", "rating", "purchase")
EVENTS = CUSTOMERS * (1 + len(NAMES))
METRICS = (("bought", "proportion", "purchase"), ("spent", "sum", "purchase"), ("visits", "count", "visit"),
           ("helped", "proportion", "help"), ("rated", "mean", "rating"))
BEGIN = datetime.datetime(2026, 1, 1)
REPORTS = 30
SENDERS = 4


def agree(service):
    for key, kind, event in METRICS:
        service.post("/v1/metrics", {"key": key, "kind": kind, "event": event, "window": {"length": "7d"}})
    service.post("/v1/experiments", {
        "key": "bench", "scheme": "external", "exposure": "client",
        "variants": [{"key": "control", "control": True}, {"key": "treatment"}],
        "plan": {"metrics": [{"metric": "bought"}] + [{"metric": key, "role": "secondary"} for key, *_ in METRICS[1:]]}})
    service.post("/v1/experiments/bench:start", {"at": f"{BEGIN.isoformat()}Z"})


def happened(customer, step):
    """Minute, name and value of what a customer did: step 0 is the exposure."""
    minute = ENTRY_DAYS * 1440 * customer // CUSTOMERS + step * STEP_MINUTES
    if step == 0:
        return minute, "treatment" if (customer * 2654435761 >> 7) & 1 else "control", None
    dice = (customer * 7919 + step * 104729) % 9973
    name = NAMES[step - 1] if dice % 3 == 0 else "visit"
    return minute, name, dice % 97 + 0.25 if name in ("purchase", "rating") else None


def in_order():
    """Every (customer, step), nearly in order of time, as they would arrive."""
    block = max(1, CUSTOMERS // 270)
    behind = CUSTOMERS * STEP_MINUTES // (ENTRY_DAYS * 1440)
    for start in range(0, CUSTOMERS + len(NAMES) * behind + block, block):
        for step in range(1 + len(NAMES)):
            first = start - step * behind
            for customer in range(max(first, 0), min(first + block, CUSTOMERS)):
                yield customer, step


def stamps():
    return [(BEGIN + datetime.timedelta(minutes=m)).strftime("%Y-%m-%dT%H:%M:%SZ")
            for m in range(ENTRY_DAYS * 1440 + len(NAMES) * STEP_MINUTES + 1)]


def as_json(customer, step, stamp):
    minute, name, value = happened(customer, step)
    if step == 0:
        return (f'{{"id":"x{customer}","type":"exposure","unit":"customer-{customer}","ts":"{stamp[minute]}",'
                f'"experiment":"bench","variant":"{name}"}}')
    worth = "" if value is None else f',"value":{value}'
    return (f'{{"id":"e{customer}-{step}","type":"event","unit":"customer-{customer}","ts":"{stamp[minute]}",'
            f'"name":"{name}"{worth}}}')


def send_all(service, rows):
    """In batches of 1,000 over a few connections; and the same as rows of a table."""
    waiting = queue.Queue(2 * SENDERS)

    def send():
        while (body := waiting.get()) is not None:
            service.ask("/v1/events", body)

    senders = [threading.Thread(target=send) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    stamp, batch = stamps(), []
    with open(rows, "w", encoding="utf-8") as out:
        for customer, step in in_order():
            batch.append(as_json(customer, step, stamp))
            minute, name, value = happened(customer, step)
            out.write(f"{customer},{60 * minute},{int(step == 0)},{name},{'' if value is None else value}\n")
            if len(batch) == 1000:
                waiting.put(f"[{','.join(batch)}]".encode())
                batch = []
    if batch:
        waiting.put(f"[{','.join(batch)}]".encode())
    for _ in senders:
        waiting.put(None)
    for sender in senders:
        sender.join()


def further(count, start):
    """Late visits of customers who are there."""
    stamp = (BEGIN + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps([{"id": f"late-{n}", "type": "event", "unit": f"customer-{n}", "ts": stamp, "name": "visit"}
                       for n in range(start, start + count)]).encode()


def report_ms(service):
    start = time.perf_counter()
    report = service.ask("/v1/experiments/bench/report")
    return (time.perf_counter() - start) * 1e3, json.loads(report)


def resident_mb(service):
    with open(f"/proc/{service.process.pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def start_seconds(data):
    """From the process's start until it listens, after which everything is there; CPU seconds; events by source."""
    started = time.perf_counter()
    with Touchstone(data) as service:
        waited, cpu = time.perf_counter() - started, service.cpu()
        first, _ = report_ms(service)
        return [waited, cpu, first, service.counter("start_checkpoint_events"), service.counter("start_journal_events")]


def recompute_seconds(data):
    """Everything once more from the stored segments, by a process of its own."""
    before = os.times()
    subprocess.run(pinned(LOAD_CORE, [PROGRAM, "rebuild", "--data", data]), check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def duckdb(rows):
    """Of three rounds. The same sums by one query over a table in memory, on one core: CPU seconds of load and query, and its answer."""
    subprocess.run(["npm", "ci", "--silent"], cwd=HERE / "rivals", check=True)
    asked = subprocess.run(pinned(LOAD_CORE, ["node", HERE / "rivals/duckdb.mjs", rows]), check=True,
                           capture_output=True, text=True)
    return json.loads(asked.stdout)


def insist_on_the_same(report, theirs):
    """Units and the sum of every metric, of both variants."""
    for counts, arm in zip(report["counts"]["variants"], theirs["arms"], strict=True):
        agree_on(f"units of {arm['variant']}", counts["units"], arm["units"])
    for row in report["results"]:
        for ours, arm in zip(row["sum"], theirs["arms"], strict=True):
            agree_on(f"{row['metric']} of {arm['variant']}", ours, arm[row["metric"]])


def agree_on(what, ours, theirs):
    if not math.isclose(ours, float(theirs), rel_tol=1e-9):
        raise SystemExit(f"{what}: {ours} here, {theirs} in DuckDB")


def measure(folder):
    machine.need("node", "npm")
    data, rows = folder / "data", folder / "rows.csv"
    with Touchstone(data) as service:
        agree(service)
        started = time.perf_counter()
        send_all(service, rows)
        sending = time.perf_counter() - started
        first, report = report_ms(service)
        later = []
        for i in range(REPORTS):
            service.ask("/v1/events", further(100, 100 * i))
            later.append(report_ms(service)[0])
        memory = resident_mb(service)
    starts = [["from the checkpoint", *start_seconds(data)]]
    for checkpoint in data.glob("checkpoint-*"):
        checkpoint.unlink()
    starts.append(["from the journal", *start_seconds(data)])
    whole = recompute_seconds(data)
    ours = whole - starts[0][2]
    theirs = duckdb(rows)
    insist_on_the_same(report, theirs)
    size = sum(file.stat().st_size for file in data.iterdir() if file.is_file()) / 2**20
    shutil.rmtree(data)
    text = (f"### Scale\n\n{EVENTS:,} events of {CUSTOMERS:,} customers over {ENTRY_DAYS + 10} days, one experiment with five "
            f"metrics, over HTTP: sent in {sending:.0f} s by one Python process; {size:.0f} MiB on disk with the "
            f"checkpoint, {memory:.0f} MiB in memory: {memory * 2**20 / EVENTS:.0f} bytes an event, everything counted.\n\n")
    text += table(["report after", "ms"], [["all of them", number(first)],
                                           [f"a further 100, median of {REPORTS}", number(statistics.median(later))],
                                           ["the slowest of those", number(max(later))]])
    text += "\n" + table(["start", "seconds", "CPU s", "first report ms", "from checkpoint", "from journal"],
                         [[name, *map(number, values)] for name, *values in starts])
    text += "\n" + table(["recompute on one core", "CPU s"],
                         [["`touchstone rebuild`, a start from the checkpoint included", number(whole)],
                          ["of that from the stored segments, checked, all figures", number(ours)],
                          ["DuckDB, its table in memory with numbers for customers, five sums", number(theirs["query_s"])],
                          ["DuckDB, reading the CSV", number(theirs["load_s"])],
                          ["ratio to the query", number(theirs["query_s"] / ours)]])
    return text, True
