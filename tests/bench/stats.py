"""What the statistics cost in process, beside what was asked for and beside gbstats."""

import json
import statistics
import subprocess
import sys

from machine import HERE, LOAD_CORE, ROUNDS, number, pinned, table

BENCH = HERE.parent.parent / "build/bench/tests/bench/stats_bench"
RECORDED = 1.85  # CPU seconds of gbstats 0.8.0 for the same report with its power analysis, on the machine of the issue
ROWS = [  # benchmark, words, microseconds that were asked for
    ("report", "report of 200 tests: 50 metrics, 3 variants, sequential and Bayes", 2000),
    ("welch_row", "row: Welch, difference and lift", 1),
    ("always_valid_mean_row", "row: mean at any look", 1),
    ("always_valid_rate_row", "row: rate at any look", 1),
    ("normal_posterior_row", "row: normal posterior, losses, ROPE", 1),
    ("score_row", "row: score test of rates, both intervals", None),
    ("beta_posterior_row/30/41/1000", "P(B>A), both losses: 30 and 41 of 1 000", 20),
    ("beta_posterior_row/5000/5150/100000", "5 000 and 5 150 of 100 000", 20),
    ("beta_posterior_row/0/100/1000", "0 and 100 of 1 000", 20),
    ("beta_posterior_row/5000/5900/100000", "5 000 and 5 900 of 100 000", 20),
    ("beta_posterior_row/50000000/50010000/100000000", "50 000 000 and 50 010 000 of 100 000 000", 20),
    ("beta_posterior_row/50000000/50070000/100000000", "50 000 000 and 50 070 000 of 100 000 000", 20),
    ("best_of_eight_rates", "best of 8 rates: chances and losses", 200),
    ("best_of_eight_means", "best of 8 means", 200),
    ("boundaries/5", "boundaries of 5 looks", None),
    ("boundaries/20", "boundaries of 20 looks", 200),
    ("boundaries/1000", "boundaries of 1 000 looks", 1_000_000)]
UNITS = {"ns": 1e-3, "us": 1, "ms": 1e3}


def own_round():
    done = subprocess.run(pinned(LOAD_CORE, [BENCH, "--benchmark_format=json", "--benchmark_min_time=0.1"]), check=True,
                          capture_output=True, text=True)
    return {one["name"]: one for one in json.loads(done.stdout)["benchmarks"]}


def gbstats_seconds():
    """None where the package is not there."""
    done = subprocess.run(pinned(LOAD_CORE, [sys.executable, HERE / "rivals/gbstats_report.py"]), capture_output=True,
                          text=True)
    return float(done.stdout) if done.returncode == 0 else None


def beside(own):
    lines = [f"gbstats 0.8.0 took {RECORDED} s of CPU for that report where it was recorded: {number(1e6 * RECORDED / own)} "
             "times as much."]
    if (measured := gbstats_seconds()) is not None:
        lines.append(f"Here and now it takes {number(measured)} s without its power analysis: "
                     f"{number(1e6 * measured / own)} times.")
    return " ".join(lines)


def measure(_):
    rounds = [own_round() for _ in range(ROUNDS)]
    rows, median = [], {}
    for name, words, aim in ROWS:
        median[name] = statistics.median(one[name]["cpu_time"] * UNITS[one[name]["time_unit"]] for one in rounds)
        counted = rounds[0][name].get("allocations")
        rows.append([words, number(median[name]), "" if aim is None else number(aim),
                     "" if counted is None else f"{counted:.0f}"])
    return ("### Statistics\n\nIn process, on one core, from what is known of the arms; CPU microseconds.\n\n"
            + table(["", "µs", "asked for", "allocations"], rows) + "\n" + beside(median["report"])), True
