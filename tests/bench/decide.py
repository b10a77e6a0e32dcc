"""The micro benchmark of a decision, as a table."""

import json
import subprocess

from machine import HERE, LOAD_CORE, ROUNDS, number, pinned, table

BENCH = HERE.parent.parent / "build/bench/tests/bench/decide_bench"
NAMES = {
    "prepared": "one flag, prepared handle", "by_name/1": "one flag, by name",
    "by_name/1000": "one flag of 1 000, by name", "all_flags/20": "all of 20 flags, for each"}


def measure(_):
    done = subprocess.run(
        pinned(LOAD_CORE, [BENCH, "--benchmark_format=json", f"--benchmark_repetitions={ROUNDS}",
                           "--benchmark_min_time=0.2"]), check=True, capture_output=True, text=True)
    medians = {one["run_name"]: one for one in json.loads(done.stdout)["benchmarks"]
               if one.get("aggregate_name") == "median"}
    rows = []
    for key, name in NAMES.items():
        each = 20 if key.endswith("/20") else 1
        rows.append([name, number(medians[key]["cpu_time"] / each)])
    return ("### Decide\n\nIn process: three conditions that hold, entry and variant drawn; CPU nanoseconds.\n\n"
            + table(["", "ns"], rows)), True
