#include <cmath>
#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/gamma.hpp"
#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

json upper(const Tail& tail) { return {{"sf", tail.p}, {"log10_sf", number(tail.log10_p)}}; }

json both(const Tail& lower, const Tail& above) {
  json out = upper(above);
  out.update({{"cdf", lower.p}, {"log10_cdf", number(lower.log10_p)}});
  return out;
}

json normal_tail(const json& in) {
  const double z = in.at("z");
  json out = upper(normal_upper(z));
  out["ln_cdf"] = normal_log_lower(z);
  return out;
}

json beta_tails(const json& in) {
  const UnitPoint at = unit_point(in.at("x"));
  return both(beta_lower(in.at("a"), in.at("b"), at), beta_upper(in.at("a"), in.at("b"), at));
}

}  // namespace

json distribution_tails(const json& row) {
  static const std::map<std::string, std::function<json(const json&)>> functions{
      {"norm_sf", normal_tail},
      {"norm_isf",
       [](const json& in) {
         return json{{"z", normal_upper_quantile(in.at("q"))}};
       }},
      {"t_sf", [](const json& in) { return upper(student_upper(in.at("t"), in.at("df"))); }},
      {"t_isf",
       [](const json& in) {
         return json{{"t", student_upper_quantile(in.at("q"), in.at("df"))}};
       }},
      {"chi2_sf", [](const json& in) { return upper(chi_square_upper(in.at("x"), in.at("df"))); }},
      {"beta_cdf", beta_tails},
      {"beta_ppf",
       [](const json& in) {
         return json{{"x", beta_quantile(in.at("a"), in.at("b"), in.at("q"))}};
       }},
      {"gamma_cdf",
       [](const json& in) {
         return both(gamma_lower(in.at("shape"), in.at("x")), gamma_upper(in.at("shape"), in.at("x")));
       }},
  };
  const auto found = functions.find(row.at("function"));
  return found == functions.end() ? json::object() : found->second(row.at("inputs"));
}

}  // namespace touchstone::stats::reference
