#include "service/cli/sample_size_text.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "service/codec/json.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::cli {
namespace {

using codec::JsonView;

double number(JsonView from, std::string_view name) {
  const auto found = from.find(name);
  return found ? found->number().value_or(std::nan("")) : std::nan("");
}

JsonView part(JsonView from, std::string_view name) { return from.find(name).value_or(from); }

std::string count(double units) { return page::grouped(static_cast<std::uint64_t>(std::llround(units))); }

std::string percent(double share) { return page::significant(100 * share, 3) + " %"; }

std::string days(JsonView root, std::string_view name) {
  const auto found = root.find("days");
  if (!found || found->is(codec::JsonKind::null)) return "";
  const double many = number(*found, name);
  return fmt::format(" ({} {})", count(many), many == 1 ? "day" : "days");
}

std::string per_variant(JsonView root) {
  std::string text;
  for (const JsonView arm : part(root, "per_variant").elements())
    text.append(text.empty() ? "" : " + ").append(count(arm.number().value_or(0)));
  return text;
}

/// "+5 %: from 4.2 % to 4.41 %"
std::string effect(JsonView root) {
  const JsonView baseline = part(root, "baseline");
  const double before = number(baseline, "mean");
  const double after = before + number(part(root, "effect"), "absolute");
  const double relative = number(part(root, "effect"), "relative");
  const bool rate = part(baseline, "kind").text().value_or("") == "rate";
  const auto figure = [rate](double value) { return rate ? percent(value) : page::significant(value, 4); };
  const auto change = std::isfinite(relative) ? page::signed_decimal(100 * relative, 2) + " %: " : std::string();
  return fmt::format("{}from {} to {}", change, figure(before), figure(after));
}

}  // namespace

Result<std::string> sample_size_text(std::string_view answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read.error();
  const JsonView root = document.root();
  const JsonView expected = part(root, "expected_units");
  const bool any_time = part(root, "method").text().value_or("") == "always-valid";
  auto text = fmt::format("{} units{}: {}\n", count(number(root, "units")), days(root, "most"), per_variant(root));
  text += fmt::format("finds      {}, with a chance of {}; alpha {}\n", effect(root), percent(number(root, "power")),
                      percent(number(root, "alpha_each")));
  if (any_time)
    text += fmt::format("takes      {} units{} on average if the change is that large, {}{} if there is none\n",
                        count(number(expected, "with_effect")), days(root, "expected_with_effect"),
                        count(number(expected, "without_effect")), days(root, "expected_without_effect"));
  text += any_time ? fmt::format("looks      as many as you like; one look, at the end, would need {} units\n",
                                 count(number(root, "fixed_horizon_units")))
                   : "looks      one, at the end; an earlier one means nothing\n";
  return text;
}

}  // namespace touchstone::cli
