#include "service/judge/totals.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "stats/multiplicity.hpp"

namespace touchstone::judge {
namespace {

constexpr double kNoise = 1e-12;  // of a variance that somebody formed anew from the same values

bool same(const ArmTotal& before, const ArmTotal& now) noexcept {
  return before.units == now.units && before.conversions == now.conversions && before.mean == now.mean &&
         std::abs(before.variance - now.variance) <= kNoise * now.variance;
}

bool fell(const ArmTotal& before, const ArmTotal& now) noexcept {
  return now.units < before.units || now.conversions.value_or(0) < before.conversions.value_or(0);
}

void append_alarms(std::vector<TotalsAlarm>& alarms, const TotalsLook& before, const TotalsLook& now) {
  const bool moved = !std::equal(before.arms.begin(), before.arms.end(), now.arms.begin(), same);
  for (std::size_t v = 0; v < now.arms.size(); ++v) {
    if (moved && now.arms[v].units > 0 && same(before.arms[v], now.arms[v]))
      alarms.push_back({TotalsAlarm::What::stood_still, v, now.at});
    if (fell(before.arms[v], now.arms[v])) alarms.push_back({TotalsAlarm::What::fell, v, now.at});
  }
}

std::vector<TotalsAlarm> alarms_of(const TotalsStream& stream) {
  std::vector<TotalsAlarm> alarms;
  for (std::size_t k = 1; k < stream.looks.size(); ++k) append_alarms(alarms, stream.looks[k - 1], stream.looks[k]);
  return alarms;
}

/// The looks at which an arm stood still.
using LeftOut = std::set<double>;

stats::Moments moments(const ArmTotal& arm) {
  const double others = static_cast<double>(std::max<std::int64_t>(arm.units - 1, 0));
  return {arm.units, arm.mean, arm.variance * others, stats::undefined};
}

struct Effects {
  stats::Effect fixed;
  stats::Effect always_valid;
};

Effects effects(const TotalsStream& stream, const TotalsLook& look, std::size_t variant, const TotalsTerms& terms) {
  const stats::Tuning tuning{terms.alpha, terms.planned_units};
  const ArmTotal& a = look.arms.front();
  const ArmTotal& b = look.arms[variant];
  if (stream.conversions) {
    const stats::ProportionStratum one{{*a.conversions, a.units}, {*b.conversions, b.units}};
    return {stats::compare_proportions({&one, 1}, terms.alpha), stats::always_valid_proportions({&one, 1}, tuning)};
  }
  const stats::MeanStratum one{moments(a), moments(b)};
  return {stats::compare_means({&one, 1}, terms.alpha), stats::always_valid_means({&one, 1}, tuning)};
}

int sign_of(double difference) noexcept { return difference > 0 ? 1 : difference < 0 ? -1 : 0; }

/// The smallest anytime p so far; what could not be computed at this look changes nothing.
void lower(stats::Estimate& now, const stats::Estimate& before) noexcept {
  if (now.p <= before.p || std::isnan(before.p)) return;
  now.p = before.p;
  now.log10_p = before.log10_p;
}

void look_at(TotalsRow& row, const Effects& seen) {
  const stats::Effect before = row.always_valid;
  row.fixed = seen.fixed;
  row.always_valid = seen.always_valid;
  lower(row.always_valid.absolute, before.absolute);
  lower(row.always_valid.relative, before.relative);
}

void declare(std::vector<TotalsRow>& rows, double alpha, double at) {
  std::vector<double> p;
  for (const TotalsRow& row : rows) p.push_back(row.always_valid.absolute.p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].adjusted_p = adjusted[i];
    const int sign = sign_of(rows[i].always_valid.absolute.estimate);
    if (!rows[i].declared && adjusted[i] <= alpha) {
      rows[i].declared = at;
      rows[i].sign = sign;
    }
    rows[i].reversed = rows[i].declared && sign != rows[i].sign;
  }
}

stats::Split split_of(const TotalsStream& stream, const TotalsLook& look) {
  stats::Split split{{}, stream.weights};
  for (const ArmTotal& arm : look.arms) split.counts.push_back(arm.units);
  return split;
}

void judge_look(TotalsJudgement& judgement, const TotalsStream& stream, const TotalsLook& look,
                const TotalsTerms& terms) {
  judgement.at = look.at;
  judgement.arms = look.arms;
  const stats::Split split = split_of(stream, look);
  judgement.split = stats::srm(split.counts, split.weights);
  const double p = stats::sequential_srm({&split, 1}).p.p;
  if (p < judgement.anytime_split_p) judgement.anytime_split_p = p;
  for (TotalsRow& row : judgement.rows) look_at(row, effects(stream, look, row.variant, terms));
  declare(judgement.rows, terms.alpha, look.at);
}

TotalsJudgement judge_stream(const TotalsStream& stream, const LeftOut& left_out, const TotalsTerms& terms) {
  TotalsJudgement judgement;
  judgement.alarms = alarms_of(stream);
  for (std::size_t v = 1; v < stream.variants.size(); ++v) judgement.rows.emplace_back().variant = v;
  for (const TotalsLook& look : stream.looks)
    if (!left_out.contains(look.at)) judge_look(judgement, stream, look, terms);
  return judgement;
}

}  // namespace

std::vector<TotalsJudgement> judge_totals(std::span<const TotalsStream> streams, const TotalsTerms& terms) {
  std::map<std::string_view, LeftOut> left_out;
  for (const TotalsStream& stream : streams)
    for (const TotalsAlarm& alarm : alarms_of(stream))
      if (alarm.what == TotalsAlarm::What::stood_still) left_out[stream.experiment].insert(alarm.at);
  std::vector<TotalsJudgement> judgements;
  for (const TotalsStream& stream : streams)
    judgements.push_back(judge_stream(stream, left_out[stream.experiment], terms));
  return judgements;
}

}  // namespace touchstone::judge
