#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "assign/result.hpp"
#include "service/app/report_cache.hpp"
#include "service/app/service.hpp"
#include "service/judge/portfolio.hpp"

namespace touchstone::app {

/// Which experiments make up a portfolio; what is empty asks for nothing. Drafts have not begun and are in none.
struct PortfolioFilter {
  std::optional<storage::ExperimentState> state{};
  std::string owner{};
  std::string tag{};
  std::string metric{};        ///< it is their first goal
  std::optional<Time> from{};  ///< begun then or later
  std::optional<Time> before{};
};

/// From the reports that `reports` has or makes: one for each experiment, where something came in since. What was
/// shipped is what people decided on last. Errors: unavailable where the catalogue cannot be read.
[[nodiscard]] Result<judge::Portfolio> make_portfolio(Service& service, ReportCache& reports, std::uint32_t environment,
                                                      const PortfolioFilter& filter);

}  // namespace touchstone::app
