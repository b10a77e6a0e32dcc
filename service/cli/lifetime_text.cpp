#include "service/cli/lifetime_text.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "service/codec/purchase_table.hpp"
#include "service/page/number_text.hpp"
#include "stats/status.hpp"

namespace touchstone::cli {
namespace {

std::string count(double value) { return page::grouped(static_cast<std::uint64_t>(std::llround(value))); }

std::string each(double total, std::size_t customers) {
  return page::decimal(total / static_cast<double>(customers), 2);
}

std::string until_now(const judge::Projection& p, const judge::ProjectionTerms& terms) {
  return fmt::format("until {}   {} customers, {} of them came back; {} purchases, {} spent, {} each\n",
                     codec::day_text(terms.until), page::grouped(p.customers), page::grouped(p.repeaters),
                     page::grouped(p.purchases), page::decimal(p.spent, 2), each(p.spent, p.customers));
}

std::string expected(const judge::Projection& p, const judge::ProjectionTerms& terms) {
  if (p.buying.status != stats::Status::ok)
    return fmt::format("expected           not computable ({})\n", stats::name(p.buying.status));
  auto text =
      fmt::format("next {} days      {} purchases expected, {} a customer; {} still are customers\n", terms.days,
                  count(p.expected_purchases), each(p.expected_purchases, p.customers), count(p.active));
  if (p.spending.status != stats::Status::ok || !std::isfinite(p.expected_spend))
    return text + fmt::format("                   what they will spend is not computable ({})\n",
                              stats::name(p.spending.status));
  return text +
         fmt::format("                   {} of spending expected; a customer is worth {} by then, {} of it to come\n",
                     page::decimal(p.expected_spend, 2), each(p.spent + p.expected_spend, p.customers),
                     each(p.expected_spend, p.customers));
}

std::string what_came(const judge::Projection& p) {
  if (!p.came || p.buying.status != stats::Status::ok) return "";
  return fmt::format("came               {} purchases, {} spent: the projection is off by {} % and {} %\n",
                     page::grouped(*p.came), page::decimal(*p.came_spent, 2),
                     page::signed_decimal(100 * (p.expected_purchases / static_cast<double>(*p.came) - 1), 1),
                     page::signed_decimal(100 * (p.expected_spend / *p.came_spent - 1), 1));
}

std::string parameters(const judge::Projection& p) {
  const auto figure = [](double value) { return page::significant(value, 5); };
  std::string text;
  if (p.buying.status == stats::Status::ok)
    text += fmt::format("BG/NBD             r {}, alpha {} weeks, a {}, b {}\n", figure(p.buying.model.r),
                        figure(p.buying.model.alpha), figure(p.buying.model.a), figure(p.buying.model.b));
  if (p.spending.status == stats::Status::ok)
    text += fmt::format("Gamma-Gamma        p {}, q {}, v {}, from {} customers\n", figure(p.spending.model.p),
                        figure(p.spending.model.q), figure(p.spending.model.v), page::grouped(p.spending.customers));
  return text;
}

}  // namespace

std::string lifetime_text(std::span<const Projected> all, const judge::ProjectionTerms& terms) {
  std::string out;
  for (const auto& [variant, p] : all) {
    if (!variant.empty()) out += variant + "\n";
    if (p.customers == 0) {
      out += fmt::format("nobody bought until {}\n", codec::day_text(terms.until));
      continue;
    }
    out += until_now(p, terms) + expected(p, terms) + what_came(p) + parameters(p) + "\n";
  }
  return out + "A projection is a model, not a test: compare variants by a metric of kind lifetime_value.\n";
}

}  // namespace touchstone::cli
