#include "tests/stats/reference/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

double value_of(const json& figure) {
  if (figure == "+inf") return std::numeric_limits<double>::infinity();
  if (figure == "-inf") return -std::numeric_limits<double>::infinity();
  return figure.get<double>();
}

bool numeric(const json& figure) { return figure.is_number() || figure == "+inf" || figure == "-inf"; }

bool close(double actual, double expected, const Tolerance& allowed) {
  if (actual == expected) return true;
  return std::abs(actual - expected) <= allowed.relative * std::abs(expected) + allowed.absolute;
}

bool agree(const json& actual, const json& expected, const Tolerance& allowed) {
  if (numeric(expected)) return numeric(actual) && close(value_of(actual), value_of(expected), allowed);
  if (!expected.is_array()) return actual == expected;
  if (!actual.is_array() || actual.size() != expected.size()) return false;
  return std::equal(expected.begin(), expected.end(), actual.begin(),
                    [&](const json& want, const json& got) { return agree(got, want, allowed); });
}

class Comparison {
 public:
  Comparison(const json& header, const json& row) : header_(&header), row_(&row) {}

  void compare(const json& actual, const json& expected, const std::string& prefix) {
    for (const auto& [key, want] : expected.items()) {
      const std::string field = prefix + key;
      const json got = actual.is_object() && actual.contains(key) ? actual.at(key) : json("not computed");
      if (want.is_object()) {
        compare(got, want, field + ".");
      } else if (!agree(got, want, tolerance(*header_, *row_, field))) {
        found_.push_back(row_->at("id").get<std::string>() + " " + field + ": expected " + want.dump() + ", got " +
                         got.dump());
      }
    }
  }

  [[nodiscard]] std::vector<std::string> found() && { return std::move(found_); }

 private:
  const json* header_;
  const json* row_;
  std::vector<std::string> found_;
};

}  // namespace

// Header and its note, and what follows from the tables' making: they were computed with 50 digits, so a figure that is
// a difference from one or between two masses (the logarithm of a probability next to one, a slice of a tail) is a
// residue of 1e-50 there, and of 1e-16 in doubles where its terms are of size one; and a chi-square of doubles that
// miss their exact sum by a rounding is such a residue as well.
Tolerance tolerance(const json& header, const json& row, const std::string& field) {
  Tolerance allowed{header.value("tolerance_rel", 0.0), header.value("tolerance_abs", 0.0)};
  const std::string table = header.at("table");
  const bool residue = field.find("log10_") != std::string::npos || field.rfind("ln_", 0) == 0 || field == "p_in_rope";
  constexpr double fifty_digits = 1e-44;
  constexpr double subnormal_steps = 1e-323;
  allowed.absolute = std::max(allowed.absolute, residue ? fifty_digits : subnormal_steps);
  const bool near_one = field == "variance_reduction" || field.rfind("log_e", 0) == 0;
  if (near_one) allowed.absolute = std::max(allowed.absolute, 1e-15);
  if (field == "critical_values_rpact") {
    // A second tool, at its own precision; the row says how far it is off.
    allowed.absolute = std::max(1e-6, 1.001 * row.at("expected").at("max_abs_diff_rpact").get<double>());
  }
  if (table == "group_sequential_designs") allowed.relative = 1e-6;  // rpact's precision, also of figures above one
  if (table == "power_sample_size") {
    const bool statsmodels = field.find("_statsmodels") != std::string::npos;
    allowed.relative = row.value("kind", "") == "rpact" ? 1e-5 : statsmodels ? 1e-6 : allowed.relative;
  }
  if (table == "srm") {
    const bool log_factor = field.rfind("log_bf", 0) == 0 || field.rfind("anytime_p", 0) == 0;
    allowed.absolute = std::max(allowed.absolute, log_factor ? 1e-8 : 1e-15);
  }
  return allowed;
}

std::vector<std::string> differences(const json& header, const json& row, const json& actual) {
  Comparison comparison(header, row);
  comparison.compare(actual, row.at("expected"), "");
  return std::move(comparison).found();
}

}  // namespace touchstone::stats::reference
