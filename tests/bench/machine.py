"""What every comparison needs: pinned processes, their CPU time, a load generator, and honest summaries."""

import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "build/release/touchstone"
SERVER_CORE = int(os.environ.get("BENCH_SERVER_CORE", "0"))
LOAD_CORE = int(os.environ.get("BENCH_LOAD_CORE", "1"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
CONNECTIONS = 64
LARGEST_SPREAD = 0.15
TICK = os.sysconf("SC_CLK_TCK")


def pinned(core, command):
    return ["taskset", "-c", str(core), *map(str, command)]


def stat_of(pid):
    """Parent, and CPU seconds with those of children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[1]), sum(map(int, fields[11:15])) / TICK


def cpu_seconds(pid):
    """Of a process and everything below it."""
    stats = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stats[int(entry.name)] = stat_of(entry.name)
            except (FileNotFoundError, ProcessLookupError):
                pass
    family, total = {pid}, 0.0
    for one in sorted(stats):  # a child's number may be below its parent's after a wrap; then it is missed
        parent, seconds = stats[one]
        if one in family or parent in family:
            family.add(one)
            total += seconds
    return total


class Server:
    """A process on the server's core that ends with the block it is used in."""

    def __init__(self, command, ready, stop_signal=15, **options):
        self.stop_signal = stop_signal
        self.process = subprocess.Popen(pinned(SERVER_CORE, command), **options)
        deadline = time.monotonic() + 30
        while not ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.close()
                raise SystemExit(f"{command[0]} did not start")
            time.sleep(0.02)

    def cpu(self):
        return cpu_seconds(self.process.pid)

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Touchstone(Server):
    """The complete product on a data directory, one event loop, all its threads on one core."""

    def __init__(self, data, *options):
        self.port = free_port()
        self.data = data
        super().__init__(
            [PROGRAM, "serve", "--data", data, "--listen", f"127.0.0.1:{self.port}", "--threads", "1", *options],
            lambda: answers(self.port),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.scheme = "https" if "--tls-cert" in options else "http"
        made = subprocess.run([PROGRAM, "keys", "create", "--kind", "admin", "--data", data], check=True,
                              capture_output=True, text=True)
        self.key = made.stdout.strip()

    def url(self, path=""):
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def ask(self, path, body=None, method=None):
        request = urllib.request.Request(self.url(path), data=body, method=method, headers={
            "Authorization": f"Bearer {self.key}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            return response.read()

    def post(self, path, document):
        return self.ask(path, json.dumps(document).encode())

    def counter(self, name):
        for line in self.ask("/metrics").decode().splitlines():
            if line.startswith(f"touchstone_{name} "):
                return float(line.split()[1])
        raise KeyError(name)


def load(server, url, script, arguments, seconds=SECONDS):
    """wrk on the other core: what it counted, and the server's CPU microseconds per request."""
    before = server.cpu()
    result = subprocess.run(
        pinned(LOAD_CORE, ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", HERE / script, url, "--",
                           *arguments]),
        capture_output=True, text=True)
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise SystemExit(f"wrk: {result.stdout}{result.stderr}")
    counted = json.loads(lines[-1])
    if counted["errors"]:
        raise SystemExit(f"{url}: {counted}")
    counted["cpu_us"] = (server.cpu() - before) * 1e6 / counted["requests"]
    return counted


def sync_cost_ms(folder):
    """Median of appending 4 KiB and fdatasync."""
    path = Path(folder) / "sync-cost"
    costs = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(200):
            start = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fdatasync(file.fileno())
            costs.append((time.perf_counter() - start) * 1e3)
    path.unlink()
    return statistics.median(costs)


def middle(rounds, name):
    return statistics.median(one[name] for one in rounds)


def spread(rounds, name="rps"):
    values = [one[name] for one in rounds]
    return (max(values) - min(values)) / statistics.median(values)


def number(value):
    """Three figures or so, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def need(*programs):
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)}; ./dev bench installs them")


def portrait():
    """Machine and date, for the head of the figures."""
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    busy = os.getloadavg()[0]
    return (f"{time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}, {cpu}, {os.cpu_count()} cores, "
            f"Linux {platform.release()}; load before the run {busy:.1f}; {ROUNDS} rounds, interleaved; "
            f"server on core {SERVER_CORE}, load on core {LOAD_CORE}.")
