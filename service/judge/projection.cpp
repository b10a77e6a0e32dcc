#include "service/judge/projection.hpp"

#include <algorithm>

namespace touchstone::judge {
namespace {

constexpr double kWeek = 7;

/// One customer as the models see them, with what came later.
struct Seen {
  stats::Buyer buyer;
  stats::Spender spender;  ///< of purchases after the first
  std::uint64_t came = 0;
  double came_spent = 0;
};

Purchases by_day(const Purchases& all) {
  Purchases sorted = all;
  std::sort(sorted.begin(), sorted.end(), [](const Purchase& a, const Purchase& b) { return a.day < b.day; });
  Purchases days;
  for (const Purchase& purchase : sorted) {
    if (days.empty() || days.back().day != purchase.day) days.push_back({purchase.day, 0});
    days.back().amount += purchase.amount;
  }
  return days;
}

double weeks(std::int64_t days) noexcept { return static_cast<double>(days) / kWeek; }

Seen seen_of(const Purchases& days, const ProjectionTerms& terms) {
  Seen seen;
  const std::int64_t first = days.front().day;
  seen.buyer.watched = weeks(terms.until - first);
  double later_spent = 0;
  for (const Purchase& purchase : days) {
    if (purchase.day > terms.until + terms.days) break;
    if (purchase.day > terms.until) {
      ++seen.came;
      seen.came_spent += purchase.amount;
    } else if (purchase.day > first) {
      ++seen.buyer.repeats;
      seen.buyer.last = weeks(purchase.day - first);
      later_spent += purchase.amount;
    }
  }
  if (seen.buyer.repeats > 0) seen.spender = {seen.buyer.repeats, later_spent / seen.buyer.repeats};
  return seen;
}

void look_ahead(Projection& projection, std::span<const Seen> all, double horizon) {
  projection.active = 0;
  projection.expected_purchases = 0;
  projection.expected_spend = projection.spending.status == stats::Status::ok ? 0 : stats::undefined;
  for (const Seen& seen : all) {
    const double purchases = stats::expected_purchases(projection.buying.model, seen.buyer, horizon);
    projection.active += stats::chance_active(projection.buying.model, seen.buyer);
    projection.expected_purchases += purchases;
    projection.expected_spend += purchases * stats::expected_amount(projection.spending.model, seen.spender);
  }
}

void tell_what_came(Projection& projection, std::span<const Seen> all) {
  projection.came = 0;
  projection.came_spent = 0;
  for (const Seen& seen : all) {
    *projection.came += seen.came;
    *projection.came_spent += seen.came_spent;
  }
}

}  // namespace

Projection project(std::span<const Purchases> customers, const ProjectionTerms& terms, std::int64_t last_day) {
  Projection projection;
  std::vector<Seen> all;
  for (const Purchases& customer : customers) {
    const Purchases days = by_day(customer);
    if (days.empty() || days.front().day > terms.until) continue;
    for (const Purchase& purchase : days) {
      if (purchase.day > terms.until) break;
      ++projection.purchases;
      projection.spent += purchase.amount;
    }
    const Seen& seen = all.emplace_back(seen_of(days, terms));
    projection.repeaters += seen.buyer.repeats > 0 ? 1 : 0;
  }
  projection.customers = all.size();
  std::vector<stats::Buyer> buyers;
  std::vector<stats::Spender> spenders;
  for (const Seen& seen : all) {
    buyers.push_back(seen.buyer);
    spenders.push_back(seen.spender);
  }
  projection.buying = stats::fit_buying(buyers);
  projection.spending = stats::fit_spending(spenders);
  if (projection.buying.status == stats::Status::ok) look_ahead(projection, all, weeks(terms.days));
  if (last_day >= terms.until + terms.days) tell_what_came(projection, all);
  return projection;
}

}  // namespace touchstone::judge
