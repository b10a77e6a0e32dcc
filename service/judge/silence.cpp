#include "service/judge/silence.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "service/judge/figure.hpp"
#include "service/judge/looks.hpp"
#include "service/judge/measured.hpp"

namespace touchstone::judge {
namespace {

using storage::MetricKind;

bool has_value_only_if_heard(MetricKind kind) {
  return kind == MetricKind::score || kind == MetricKind::mean || kind == MetricKind::first_value ||
         kind == MetricKind::last_value;
}

/// Units that did something, at least.
double heard(MetricKind kind, const stats::Sums& sums) {
  if (has_value_only_if_heard(kind)) return static_cast<double>(sums.n);
  const auto squares = static_cast<double>(sums.s2);
  return squares > 0 ? std::pow(static_cast<double>(sums.s1), 2) / squares : 0;
}

struct Listened {
  double units = 0;
  double heard = 0;
  double longest = 0;  ///< quiet stretch that ended, in units
  double quiet = 0;    ///< the same of the one at the end
  Time last_heard{};
  Time until{};

  [[nodiscard]] Micros silent_for() const { return until - last_heard; }
};

Listened listen(MetricKind kind, const std::vector<Look>& looks) {
  Listened all;
  for (const Look& look : looks) {
    const double here = heard(kind, look.control.sums.y) + heard(kind, look.treatment.sums.y);
    const auto units = static_cast<double>(look.units());
    all.units += units;
    all.until = look.end;
    if (here == 0) {
      all.quiet += units;
      continue;
    }
    all.heard += here;
    all.longest = std::max(all.longest, all.quiet);
    all.quiet = 0;
    all.last_heard = look.end;
  }
  return all;
}

double chance(const Listened& all) { return std::pow(1 - all.quiet / all.units, all.heard); }

bool lasts(const Listened& all) { return all.quiet > 2 * all.longest && all.silent_for() >= std::chrono::days(1); }

void tell(const Listened& all, double p, const std::string& variant, Check& check) {
  if (check.value && *check.value <= p) return;
  check.value = p;
  check.variant = variant;
  check.figures = {{"units", all.quiet},
                   {"hours", std::chrono::duration<double, std::chrono::hours::period>(all.silent_for()).count()},
                   {"before", figure((all.units - all.quiet) / all.heard)}};
  check.level = level(false, p < kSilenceLimit && lasts(all));
}

}  // namespace

bool is_heard(MetricKind kind) noexcept { return kind != MetricKind::churn && kind != MetricKind::duration; }

Check silence(const Case& of, std::size_t metric) {
  Check check = measured("silence", std::nullopt, kSilenceLimit);
  check.metric = of.metrics[metric].key;
  const auto treatments = of.treatments();
  for (const std::size_t v : treatments) {
    const Listened all = listen(of.metrics[metric].kind, looks(of, metric, v));
    if (all.heard > 0)
      tell(all, std::min(1.0, chance(all) * static_cast<double>(treatments.size())), of.experiment.variants[v].key,
           check);
  }
  if (!check.value) check.status = stats::name(stats::Status::insufficient_data);
  if (check.level == CheckLevel::ok) check.variant.clear();
  return check;
}

}  // namespace touchstone::judge
