#pragma once

#include <vector>

#include "service/judge/case.hpp"
#include "stats/fixed/ratio.hpp"

namespace touchstone::judge {

/// The units of one comparison who entered since the look before, in neighbouring ticks of one phase, and whose windows
/// have all closed: what they did is final, whenever it is looked at.
struct Look {
  struct Entered {
    std::int64_t units = 0;            ///< analysed
    stats::RatioSums sums;             ///< of those with a value; y alone, but for ratios and covariates
    std::vector<std::int64_t> bins{};  ///< units by bin, where the plan is strict

    friend bool operator==(const Entered&, const Entered&) = default;
  };
  std::size_t phase = 0;
  Time end{};  ///< of its last tick
  Entered control{};
  Entered treatment{};

  [[nodiscard]] std::int64_t units() const noexcept { return control.units + treatment.units; }
  [[nodiscard]] std::int64_t with_value() const noexcept { return control.sums.y.n + treatment.sums.y.n; }
  friend bool operator==(const Look&, const Look&) = default;
};

/// A look takes in ticks until it has this many units (of a score, answers): a comparison within n units wastes about
/// 1/n of what they know.
inline constexpr std::int64_t kFewestUnits = 20;

/// Whether a metric of this plan is judged by looks: the method walks by ticks, and the metric's window has an end.
/// Without one no unit's figure is ever final; and a quantile, or a cap by percentile, moves with every unit that
/// enters, which would change what earlier looks saw.
[[nodiscard]] bool by_looks(const Case& of, std::size_t metric) noexcept;

/// The looks that could be taken by now, in order. Now is the latest effective time of any event: an instant that is
/// merely asked for closes no window.
[[nodiscard]] std::vector<Look> looks(const Case& of, std::size_t metric, std::size_t variant);
/// The same where `window` must have closed, not that of the metric.
[[nodiscard]] std::vector<Look> looks(const Case& of, std::size_t metric, std::size_t variant,
                                      const storage::Window& window);

}  // namespace touchstone::judge
