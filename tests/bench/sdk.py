"""The micro benchmark of an evaluation through the C++ SDK, beside the bare decision."""

import json
import statistics
import subprocess

from machine import HERE, LOAD_CORE, ROUNDS, SERVER_CORE, number, table

BENCH = HERE.parent.parent / "build/bench/tests/bench/sdk_bench"
THREADS = ("1", "2")


def one_round():
    """CPU nanoseconds for each evaluation, by benchmark and threads; both cores are needed."""
    cores = f"{SERVER_CORE},{LOAD_CORE}"
    done = subprocess.run(["taskset", "-c", cores, BENCH, "--benchmark_format=json", "--benchmark_min_time=0.3"],
                          check=True, capture_output=True, text=True)
    return {one["name"]: one["cpu_time"] for one in json.loads(done.stdout)["benchmarks"]}


def measure(_):
    rounds = [one_round() for _ in range(ROUNDS)]
    rows = []
    for threads in THREADS:
        bare, through = f"bare/threads:{threads}", f"through_the_sdk/threads:{threads}"
        ratio = statistics.median(one[through] / one[bare] for one in rounds)
        rows.append([threads, number(statistics.median(one[bare] for one in rounds)),
                     number(statistics.median(one[through] for one in rounds)), number(ratio)])
    return ("### C++ SDK\n\nA flag of 1 000 by name, the customers and conditions of Decide, exposure reporting on and "
            "every unit met before; CPU nanoseconds for each evaluation.\n\n"
            + table(["threads", "decide()", "through the SDK", "ratio"], rows)), True
