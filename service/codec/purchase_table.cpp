#include "service/codec/purchase_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 4> kColumns{"customer", "date", "amount", "variant"};
constexpr std::size_t kBareDate = 10;  // characters

}  // namespace

Result<std::int64_t> parse_day(std::string_view text) {
  std::string whole(text);
  if (whole.size() == kBareDate) whole.append("T00:00:00Z");
  const auto time = parse_time(whole);
  if (!time) return time.error();
  return std::int64_t{std::chrono::floor<std::chrono::days>(*time).time_since_epoch().count()};
}

std::string day_text(std::int64_t day) {
  const Time midnight{std::chrono::days(day)};
  return time_text(midnight).substr(0, kBareDate);
}

Result<PurchaseTable> PurchaseTable::open(std::string_view header, const ColumnNames& named) {
  auto opened = NamedTable::open(header, kColumns, named, "a table of purchases");
  if (!opened) return std::move(opened).error();
  PurchaseTable table(*std::move(opened));
  for (const auto* const needed : {"customer", "date"})
    if (auto there = table.row_.need(needed); !there) return std::move(there).error();
  return table;
}

Status PurchaseTable::read(std::string_view record) {
  if (auto split = row_.read(record); !split) return split;
  const auto bought = purchase();
  if (!bought) return bought.error();
  const auto customer = row_.name("customer");
  if (!customer) return customer.error();
  const auto variant = row_.has("variant") ? row_.name("variant") : Result<std::string>(std::string());
  if (!variant) return variant.error();
  const std::size_t arm = arm_of(*variant);
  const auto [known, fresh] = places_.try_emplace(*customer, Place{arm, arms_[arm].customers.size()});
  if (fresh) arms_[arm].customers.emplace_back();
  if (known->second.arm != arm)
    return row_.bad("customer", "bought under another variant before", "keep the variant that the customer met first");
  arms_[arm].customers[known->second.customer].push_back(*bought);
  last_day_ = std::max(last_day_, bought->day);
  return ok();
}

Result<judge::Purchase> PurchaseTable::purchase() const {
  const auto day = parse_day(*row_.field("date"));
  if (!day) return row_.bad("date", "is no date", "write 2026-01-31 or 2026-01-31T12:00:00Z");
  if (!row_.has("amount")) return judge::Purchase{*day, 0};
  const auto amount = row_.number("amount");
  if (!amount) return amount.error();
  if (*amount < 0) return row_.bad("amount", "is negative", "leave refunds out, or take them off their purchase");
  return judge::Purchase{*day, *amount};
}

std::size_t PurchaseTable::arm_of(const std::string& variant) {
  const auto known = std::find_if(arms_.begin(), arms_.end(), [&](const Arm& arm) { return arm.variant == variant; });
  if (known != arms_.end()) return static_cast<std::size_t>(known - arms_.begin());
  arms_.push_back({variant, {}});
  return arms_.size() - 1;
}

}  // namespace touchstone::codec
