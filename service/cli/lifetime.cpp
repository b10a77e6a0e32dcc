#include "service/cli/lifetime.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/lifetime_text.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/table_reader.hpp"
#include "service/codec/projection_json.hpp"
#include "service/codec/purchase_table.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::cli {
namespace {

Result<judge::ProjectionTerms> terms_of(const LifetimeOptions& options, std::int64_t last_day) {
  judge::ProjectionTerms terms{last_day, 0};
  if (!options.until.empty()) {
    const auto day = codec::parse_day(options.until);
    if (!day) return bad_option("--until", options.until, "is no date", "write it like 2026-01-31");
    terms.until = *day;
  }
  const auto horizon = codec::parse_duration(options.horizon);
  if (!horizon) return bad_option("--horizon", options.horizon, horizon.error().message, horizon.error().hint);
  terms.days = static_cast<int>(std::chrono::floor<std::chrono::days>(*horizon).count());
  if (terms.days < 1) return bad_option("--horizon", options.horizon, "is less than a day", "write it like 52w");
  return terms;
}

}  // namespace

int run_lifetime(const LifetimeOptions& options) {
  const auto named = column_names(options.columns);
  if (!named) return complain(named.error());
  const auto table = read_table<codec::PurchaseTable>(options.file, *named);
  if (!table) return complain(table.error());
  const auto terms = terms_of(options, table->last_day());
  if (!terms) return complain(terms.error());
  std::vector<Projected> all;
  for (const auto& arm : table->arms())
    all.push_back({arm.variant, judge::project(arm.customers, *terms, table->last_day())});
  if (options.json)
    for (const auto& one : all) fmt::print("{}\n", codec::write_projection(one.variant, *terms, one.projection));
  else
    fmt::print("{}", lifetime_text(all, *terms));
  return exit_ok;
}

}  // namespace touchstone::cli
