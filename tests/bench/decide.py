"""The micro benchmark of a decision, as tables: alone, and beside the evaluators of other vendors."""

import json
import statistics
import subprocess

from machine import HERE, LOAD_CORE, ROUNDS, number, pinned, table

BENCH = HERE.parent.parent / "build/bench/tests/bench/decide_bench"
RIVALS = HERE / "rivals"
MILLISECONDS = 300  # of each rival's warm-up, and of its measurement
NAMES = {
    "prepared": "one flag, prepared handle", "by_name/1": "one flag, by name",
    "by_name/1000": "one flag of 1 000, by name", "random_name/20": "one of 20 at random, by name",
    "random_name/100000": "one of 100 000 at random, by name", "all_flags/20": "all of 20 flags, for each",
    "all_flags/100": "all of 100 flags, for each", "all_flags/100000": "all of 100 000 flags, for each"}
MEMORY = "memory/100000/iterations:1"


def own_round(filters):
    """Nanoseconds for each decision, by benchmark."""
    done = subprocess.run(
        pinned(LOAD_CORE, [BENCH, "--benchmark_format=json", f"--benchmark_filter=^({filters})$",
                           "--benchmark_min_time=0.2"]), check=True, capture_output=True, text=True)
    found = {}
    for one in json.loads(done.stdout)["benchmarks"]:
        each = int(one["name"].split("/")[1]) if one["name"].startswith("all_flags/") else 1
        found[one["name"]] = one.get("bytes_each", one["cpu_time"] / each)
    return found


def rivals_round():
    done = subprocess.run(pinned(LOAD_CORE, ["node", RIVALS / "rivals.mjs", str(MILLISECONDS)]), check=True,
                          capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def spread(values):
    return f"{number(statistics.median(values))} ({number(min(values))} to {number(max(values))})"


def alone(rounds):
    median = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    rows = [[words, number(median[name])] for name, words in NAMES.items()]
    ratios = [["all of 100 000 beside all of 20, for each", median["all_flags/100000"] / median["all_flags/20"]],
              ["one of 100 000 at random beside one of 20", median["random_name/100000"] / median["random_name/20"]]]
    weight = own_round(MEMORY)[MEMORY]
    return (table(["", "ns"], rows) + "\n" + table(["", "ratio"], [[name, number(value)] for name, value in ratios])
            + f"\nAn experiment with its flag takes {number(weight)} bytes.")


def beside(pairs):
    rows = []
    for rival in pairs[0][1]:
        cells = [rival]
        for own, theirs in (("by_name/1", "one"), ("all_flags/100", "all")):
            cells.append(number(statistics.median(found[rival][theirs] for _, found in pairs)))
            cells.append(spread([found[rival][theirs] / ours[own] for ours, found in pairs]))
        rows.append(cells)
    return table(["", "one, ns", "times ours", "100 in one call, ns each", "times ours"], rows)


def measure(_):
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--no-progress"], cwd=RIVALS, check=True, capture_output=True)
    rounds, pairs = [], []
    for _ in range(ROUNDS):
        rounds.append(own_round("|".join(NAMES)))
        pairs.append((rounds[-1], rivals_round()))
    return ("### Decide\n\nIn process: an id of 36 bytes, three conditions that hold, entry and variant drawn; CPU "
            "nanoseconds.\n\n" + alone(rounds)
            + "\n\nBeside other vendors' evaluators in Node on the same customers and conditions, rounds interleaved; "
            "the ratios' median with their range.\n\n" + beside(pairs)), True
