#include "service/judge/checks.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "service/judge/adjustment.hpp"
#include "service/judge/figure.hpp"
#include "service/judge/gap.hpp"
#include "service/judge/gathered.hpp"
#include "service/judge/measured.hpp"
#include "stats/fixed/response.hpp"
#include "stats/srm.hpp"

namespace touchstone::judge {
namespace {

double number(std::int64_t count) { return static_cast<double>(count); }

double share(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0 : number(part) / number(whole); }

stats::Split split(const Case& of, std::size_t phase) {
  stats::Split made;
  for (std::size_t v = 0; v < of.cells.shape.variants; ++v) {
    made.counts.push_back(of.cells.at(phase, v).analysed);
    made.weights.push_back(number(of.experiment.phases[phase].weights[v]));
  }
  return made;
}

std::vector<stats::Split> splits(const Case& of) {
  std::vector<stats::Split> all;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p)
    if (stats::Split made = split(of, p); std::ranges::any_of(made.counts, [](auto n) { return n > 0; }))
      all.push_back(std::move(made));
  return all;
}

void show_split(const Case& of, const stats::SrmTest& pearson, Check& check) {
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) {
    const std::string& variant = of.experiment.variants[v].key;
    check.figures.push_back({"units:" + variant, number(of.total(&Cell::analysed, v))});
    if (v < pearson.expected.size()) check.figures.push_back({"expected:" + variant, figure(pearson.expected[v])});
  }
}

Check srm(const Case& of) {
  const std::vector<stats::Split> phases = splits(of);
  const stats::SrmTest pearson = stats::srm(phases);
  const stats::SequentialSrm sequential = stats::sequential_srm(phases);
  const bool one_look = of.plan().method.id == "fixed-horizon";
  Check check = measured("srm", figure(one_look ? pearson.p.p : sequential.p.p), kSplitLimit);
  check.status = stats::name(one_look ? pearson.status : sequential.status);
  check.level = level(check.value && *check.value < kSplitLimit, !pearson.strays.empty());
  check.figures = {{"pearson_p", figure(pearson.p.p)},
                   {"chi2", figure(pearson.chi2)},
                   {"df", number(pearson.df)},
                   {"sequential_p", figure(sequential.p.p)}};
  show_split(of, pearson, check);
  return check;
}

/// Those who met several variants, by their first, against everybody who started there, by phase.
stats::SrmTest evenness(const Case& of) {
  std::vector<stats::Split> phases;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) {
    stats::Split made;
    for (std::size_t v = 0; v < of.cells.shape.variants; ++v) {
      made.counts.push_back(of.cells.at(p, v).crossover);
      made.weights.push_back(number(of.cells.at(p, v).units));
    }
    if (std::ranges::any_of(made.counts, [](auto n) { return n > 0; })) phases.push_back(std::move(made));
  }
  return stats::srm(phases);
}

Check crossover(const Case& of) {
  const std::int64_t units = of.total(&Cell::crossover);
  const double value = share(units, of.total(&Cell::units));
  const stats::SrmTest even = evenness(of);
  Check check = measured("crossover", value, kCrossoverLimit);
  check.level = level(value > kCrossoverLimit || even.p.p<kSplitLimit, units> 0);
  check.figures = {{"units", number(units)}, {"evenness_p", figure(even.p.p)}};
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v)
    check.figures.push_back({"units:" + of.experiment.variants[v].key, number(of.total(&Cell::crossover, v))});
  return check;
}

Check contradictions(const Case& of) {
  const double value = share(of.cells.contradictions, of.cells.exposures);
  Check check = measured("contradictions", value, kContradictionLimit);
  check.level = level(value > kContradictionLimit, value > 0);
  check.figures = {{"contradictions", number(of.cells.contradictions)}, {"exposures", number(of.cells.exposures)}};
  return check;
}

Check repeated_exposures(const Case& of) {
  const std::int64_t repeated = of.cells.exposures - of.total(&Cell::units);
  Check check = measured("repeated_exposures", share(repeated, of.cells.exposures), std::nullopt);
  check.figures = {{"repeated", number(repeated)}, {"exposures", number(of.cells.exposures)}};
  return check;
}

Check gap(const Case& of) {
  const Gap worst = worst_gap(of.cells);
  const bool unusual = worst.hours > kGapLimit && worst.hours > kUnusualGap * worst.next_hours;
  Check check = measured("gap", number(worst.hours), number(kGapLimit));
  check.level = level(unusual, worst.hours > kGapLimit);
  check.figures = {{"hours", number(worst.hours)}, {"next_longest_hours", number(worst.next_hours)}};
  return check;
}

Check range(const Case& of, std::size_t metric) {
  const std::int64_t units = of.beyond(metric);
  Check check = measured("range", number(units), 0);
  check.level = level(units > 0, false);
  check.metric = of.metrics[metric].key;
  check.figures = {{"units", number(units)}};
  return check;
}

Check outlier(const Case& of, std::size_t metric) {
  Check check = measured("outlier", std::nullopt, kOutlierShare);
  check.metric = of.metrics[metric].key;
  for (const Outlier& found : of.facts.outliers) {
    if (found.metric != metric) continue;
    check.level = CheckLevel::warn;
    check.value = std::max(check.value.value_or(0), found.share);
    check.units.push_back({found.unit, of.experiment.variants[found.variant].key, found.value});
  }
  return check;
}

std::vector<std::vector<stats::Proportion>> responses_by_phase(const Case& of, std::size_t metric) {
  std::vector<std::vector<stats::Proportion>> phases;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) {
    auto& arms = phases.emplace_back();
    for (std::size_t v = 0; v < of.cells.shape.variants; ++v)
      arms.push_back({of.cells.at(p, v).sums[metric].n, of.cells.at(p, v).analysed});
  }
  return phases;
}

/// One arm's answers, worst first as the score tells it.
stats::Answers answers_of(const Case& of, std::size_t metric, std::size_t variant) {
  const storage::Score& score = *of.metrics[metric].score;
  const Gathered found = gathered(of, variant, metric);
  stats::Answers answers{found.units, {}};
  for (int answer = score.lowest; answer <= score.highest; ++answer)
    answers.groups.push_back(
        {static_cast<double>(scored(score, answer)), found.bins[static_cast<std::size_t>(answer - score.lowest)]});
  return answers;
}

Check responses(const Case& of, std::size_t metric) {
  const stats::ResponseBalance balance = stats::response_balance(responses_by_phase(of, metric));
  Check check = measured("responses", figure(balance.p.p), kSplitLimit);
  check.metric = of.metrics[metric].key;
  check.status = stats::name(balance.status);
  check.level = level(false, balance.p.p < kSplitLimit);
  double beside = 0;
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) {
    const Gathered found = gathered(of, v, metric);
    const std::string& variant = of.experiment.variants[v].key;
    check.figures.push_back({"units:" + variant, number(found.units)});
    check.figures.push_back({"answers:" + variant, number(found.sums.y.n)});
    beside += number(found.bins.back());
  }
  check.figures.push_back({"off_scale", beside});
  for (const std::size_t v : of.treatments()) {
    const stats::Interval bounds =
        stats::trimming_bounds(answers_of(of, metric, of.control()), answers_of(of, metric, v));
    check.figures.push_back({"low:" + of.experiment.variants[v].key, figure(bounds.low)});
    check.figures.push_back({"high:" + of.experiment.variants[v].key, figure(bounds.high)});
  }
  return check;
}

Check pre_period(const Case& of, std::size_t metric) {
  const std::vector<std::size_t> treatments = of.treatments();
  Check check = measured("pre_period", std::nullopt, kSplitLimit);
  check.metric = of.metrics[metric].key;
  for (const std::size_t v : treatments) {
    const auto p = figure(imbalance_p(of, metric, v));
    check.figures.push_back({"p:" + of.experiment.variants[v].key, p});
    if (p) check.value = std::min({check.value.value_or(1), *p * static_cast<double>(treatments.size()), 1.0});
  }
  if (!check.value) check.status = stats::name(stats::Status::insufficient_data);
  check.level = level(false, check.value && *check.value < kSplitLimit);
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) {
    const std::string& variant = of.experiment.variants[v].key;
    const stats::Sums sums = of.cells.over_phases(v, of.cells.shape.extra.second(metric));
    check.figures.push_back(
        {"mean:" + variant, sums.n == 0 ? std::nullopt : figure(stats::moments(sums, of.decimals(metric)).mean)});
  }
  return check;
}

}  // namespace

std::vector<Check> checks(const Case& of) {
  std::vector<Check> all{srm(of), crossover(of)};
  if (!of.experiment.expects.empty()) all.push_back(contradictions(of));
  all.push_back(repeated_exposures(of));
  all.push_back(gap(of));
  for (std::size_t m = 0; m < of.metrics.size(); ++m) {
    if (of.metrics[m].kind == storage::MetricKind::score) all.push_back(responses(of, m));
    if (of.metrics[m].covariate) all.push_back(pre_period(of, m));
    if (tells_share(of.metrics[m]) || of.metrics[m].kind == storage::MetricKind::score) continue;
    all.push_back(range(of, m));
    all.push_back(outlier(of, m));
  }
  return all;
}

}  // namespace touchstone::judge
