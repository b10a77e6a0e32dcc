"""The report of 200 tests by gbstats (pip install gbstats): 50 metrics, half of them rates, three variants of 100 000 users,
sequential and Bayesian. Prints the CPU seconds of the best of five runs, of its whole pipeline."""

import time

from gbstats.gbstats import process_single_metric
from gbstats.models.settings import AnalysisSettingsForStatsEngine, MetricSettingsForStatsEngine

USERS = 100_000


def arm(metric, variant):
    """As tests/bench/stats_bench.cpp has them."""
    rate = 0.05 + 0.002 * metric / 50 + 0.0005 * variant
    total = round(USERS * rate) if metric % 2 == 0 else USERS * (10 + 0.1 * metric + 0.02 * variant)
    squares = total if metric % 2 == 0 else total * total / USERS + 400 * (USERS - 1)
    return {"dimension": "", "variation": str(variant), "users": USERS, "count": USERS, "main_sum": total,
            "main_sum_squares": squares}


def settings(**engine):
    return AnalysisSettingsForStatsEngine(var_names=["a", "b", "c"], var_ids=["0", "1", "2"], weights=[1 / 3] * 3,
                                          phase_length_days=14, **engine)


def report():
    analyses = [settings(stats_engine="frequentist", sequential_testing_enabled=True), settings(stats_engine="bayesian")]
    for metric in range(50):
        kind = "binomial" if metric % 2 == 0 else "count"
        process_single_metric([arm(metric, variant) for variant in range(3)],
                              MetricSettingsForStatsEngine(id=str(metric), name=str(metric), statistic_type="mean",
                                                           main_metric_type=kind), analyses)


def seconds():
    started = time.process_time()
    report()
    return time.process_time() - started


if __name__ == "__main__":
    print(min(seconds() for _ in range(5)))
