#include "service/judge/caps.hpp"

#include <algorithm>
#include <cmath>

#include "service/judge/gathered.hpp"
#include "service/judge/study.hpp"

namespace touchstone::judge {
namespace {

constexpr std::int64_t kThousandths = 100'000;  // of a percent, in the whole

/// One metric of a study.
struct Ranking {
  const Study& study;
  std::size_t metric;
  std::optional<Time> now;

  [[nodiscard]] const storage::Metric& asked() const { return study.metrics()[metric]; }
  [[nodiscard]] const Cells::Shape& shape() const { return study.cells().shape; }

  [[nodiscard]] bool ripe(const Participation& part) const {
    if (!waits_for_window(asked().kind)) return true;
    const Time entered = end_of(shape(), study.experiment().phases, part.phase, shape().clock.tick_of(part.exposed_at));
    return !(now < closes(asked().window, entered));
  }

  /// Calls `visit` with each unit that the sums of the report hold.
  template <class Visit>
  void for_each_unit(Visit&& visit) const {
    study.for_each_record([&](UnitNumber, const Participation& part, std::span<const Amount> amounts) {
      const Amount& amount = amounts[metric];
      const bool counts = part.exposures > 0 && analysed(part, shape().crossover);
      if (counts && amount.state == AmountState::present) visit(part, amount.value);
    });
  }
};

std::vector<std::int64_t> ranked(const Ranking& of, std::vector<stats::Sums>& sums) {
  std::vector<std::int64_t> amounts;
  of.for_each_unit([&](const Participation& part, std::int64_t amount) {
    if (!of.ripe(part)) return;
    sums[part.phase * of.shape().variants + part.variant].add(amount);
    if (amount != 0 || !of.asked().pooled_cap->ignore_zeros) amounts.push_back(amount);
  });
  return amounts;
}

Capped capped(const Ranking& of, Cells& cells) {
  const std::size_t size = of.shape().phases * of.shape().variants;
  Capped made{of.metric, {}, std::vector<stats::Sums>(size), std::vector<std::int64_t>(size)};
  std::vector<std::int64_t> amounts = ranked(of, made.uncapped);
  made.cap = at_percentile(amounts, of.asked().pooled_cap->percentile);
  if (!made.cap) return made;
  of.for_each_unit([&](const Participation& part, std::int64_t amount) {
    if (amount <= *made.cap) return;
    cells.replace(part, of.metric, amount, *made.cap);
    if (of.ripe(part)) ++made.above[part.phase * of.shape().variants + part.variant];
  });
  return made;
}

}  // namespace

std::optional<std::int64_t> at_percentile(std::vector<std::int64_t>& amounts, double percentile) {
  if (amounts.empty()) return std::nullopt;
  const auto n = static_cast<std::int64_t>(amounts.size());
  const std::int64_t rank = (n * std::llrint(percentile * 1000) + kThousandths - 1) / kThousandths;
  const auto found = amounts.begin() + (std::clamp<std::int64_t>(rank, 1, n) - 1);
  std::ranges::nth_element(amounts, found);
  return *found;
}

std::vector<Capped> cap_by_percentile(const Study& study, std::optional<Time> now, Cells& cells) {
  std::vector<Capped> all;
  for (std::size_t m = 0; m < study.metrics().size(); ++m)
    if (study.metrics()[m].pooled_cap) all.push_back(capped({study, m, now}, cells));
  return all;
}

}  // namespace touchstone::judge
