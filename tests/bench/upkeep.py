"""What an event costs the figures of an experiment, and what a unit takes in memory, beside five sums kept by UPSERT."""

import json
import statistics
import subprocess

from machine import HERE, LOAD_CORE, ROUNDS, number, pinned, table

BENCH = HERE.parent.parent / "build/bench/tests/bench/upkeep_bench"
UNITS = 100_000
FEW, MANY = 1, 11
EVENTS_OF_A_UNIT = 10  # its exposure included


def run(*arguments):
    done = subprocess.run(pinned(LOAD_CORE, [BENCH, *arguments, UNITS]), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def measure(_):
    rounds = [(run("live", FEW), run("live", MANY), run("sqlite")) for _ in range(ROUNDS)]
    pairs = UNITS * (MANY - FEW)

    def median(of):
        return statistics.median(of(*one) for one in rounds)

    upsert = median(lambda few, many, sqlite: sqlite["seconds"] / sqlite["events"])
    each = median(lambda few, many, sqlite: (many["seconds"] - few["seconds"]) / (pairs * EVENTS_OF_A_UNIT))
    alone = median(lambda few, many, sqlite: few["seconds"] / few["events"])
    size = median(lambda few, many, sqlite: (many["bytes"] - few["bytes"]) / pairs)
    text = (f"### Upkeep\n\nIn process, {UNITS:,} units that enter over 30 days and do nine things each, in batches of 1,000; "
            "five metrics over seven days, by hour of entry and by day of age, with third moments; CPU nanoseconds.\n\n")
    text += table(["", "ns", "UPSERT / it"],
                  [["an event, its timeline and one experiment", number(1e9 * alone), number(upsert / alone)],
                   ["an event and a further experiment that its unit is in", number(1e9 * each), number(upsert / each)],
                   ["SQLite in memory, UPSERT of five sums of the unit", number(1e9 * upsert), ""]])
    text += (f"\nA unit takes {number(size)} bytes in each further experiment, its exposure, five amounts and days "
             "included.\n")
    return text, True
