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

/// "shows      no drop beyond 1 %, with a chance of 80 %; alpha 5 %"
std::string aim(JsonView root) {
  const auto sure =
      fmt::format("with a chance of {}; alpha {}", percent(number(root, "power")), percent(number(root, "alpha_each")));
  const std::string_view claim = part(root, "claim").text().value_or("");
  if (claim == "difference") return fmt::format("finds      {}, {}\n", effect(root), sure);
  const JsonView margin = part(root, "margin");
  const double relative = number(margin, "relative");
  const auto size = std::isfinite(relative) ? percent(relative) : page::significant(number(margin, "absolute"), 4);
  return fmt::format("shows      {} {}, {}\n",
                     claim == "equivalence" ? "that any change is smaller than" : "that any harm is smaller than", size,
                     sure);
}

/// Nothing for one look, and where nobody knows.
std::string duration(JsonView root) {
  const JsonView expected = part(root, "expected_units");
  const double with = number(expected, "with_effect");
  if (!std::isfinite(with) || part(root, "method").text().value_or("") == "fixed-horizon") return "";
  const bool margin = part(root, "claim").text().value_or("") != "difference";
  return fmt::format("takes      {} units{} on average if {}, {}{} if {}\n", count(with),
                     days(root, "expected_with_effect"), margin ? "that is so" : "the change is that large",
                     count(number(expected, "without_effect")), days(root, "expected_without_effect"),
                     margin ? "the harm is as large" : "there is none");
}

/// " 12,000 units: z above 2.68 claims, at most 0.97 ends;"
std::string bounds(JsonView look) {
  const auto units = count(number(look, "units"));
  const auto upper = page::significant(number(look, "z"), 4);
  const auto beta = look.find("beta_spent");
  if (!beta || beta->is(codec::JsonKind::null)) return fmt::format(" {} units: |z| above {};", units, upper);
  const double lower = number(look, "futility_z");
  const auto end = std::isfinite(lower) ? fmt::format(", at most {} ends", page::significant(lower, 4)) : "";
  return fmt::format(" {} units: z above {} claims{};", units, upper, end);
}

std::string looks(JsonView root) {
  const std::string_view method = part(root, "method").text().value_or("");
  if (method == "fixed-horizon") return "looks      one, at the end; an earlier one means nothing\n";
  const auto once =
      fmt::format("one look, at the end, would need {} units\n", count(number(root, "fixed_horizon_units")));
  if (method == "always-valid") return "looks      as many as you like; " + once;
  std::string text = "looks     ";
  for (const JsonView look : part(root, "looks").elements()) text.append(bounds(look));
  return text.append(" ").append(once);
}

/// Nothing where a plan does not give up.
std::string futility(JsonView root) {
  const JsonView given_up = part(root, "futility");
  const double with = number(given_up, "with_effect");
  if (!std::isfinite(with)) return "";
  return fmt::format("gives up   before the last look in {} if there is no effect, in {} if there is\n",
                     percent(number(given_up, "without_effect")), percent(with));
}

std::string clusters(JsonView root) {
  const double many = number(root, "clusters");
  return std::isfinite(many) ? fmt::format("clusters   {}\n", count(many)) : "";
}

}  // namespace

Result<std::string> sample_size_text(std::string_view answer) {
  codec::JsonDocument document;
  if (auto read = document.read(answer); !read) return read.error();
  const JsonView root = document.root();
  const auto units =
      fmt::format("{} units{}: {}\n", count(number(root, "units")), days(root, "most"), per_variant(root));
  return units + clusters(root) + aim(root) + duration(root) + futility(root) + looks(root);
}

}  // namespace touchstone::cli
