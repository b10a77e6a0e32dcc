#include <functional>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "stats/sequential/uniform_boundary.hpp"
#include "tests/stats/reference/table.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;
using Bound = std::function<json(const json&)>;

MixtureTuning tuning(const json& in) { return {in.at("v_opt"), in.value("alpha_opt", 0.05)}; }

// The table names a function with its options after it; the first words tell which it is.
const std::map<std::string, Bound>& bounds() {
  static const std::map<std::string, Bound> all{
      {"normal_mixture_bound two-sided",
       [](const json& in) { return normal_mixture_bound(in.at("v"), in.at("alpha"), tuning(in)); }},
      {"normal_mixture_bound one-sided",
       [](const json& in) { return normal_mixture_bound_one_sided(in.at("v"), in.at("alpha"), tuning(in)); }},
      {"gamma_exponential_mixture_bound",
       [](const json& in) { return gamma_exponential_bound(in.at("v"), in.at("alpha"), in.at("c"), tuning(in)); }},
      {"gamma_poisson_mixture_bound",
       [](const json& in) { return gamma_poisson_bound(in.at("v"), in.at("alpha"), in.at("c"), tuning(in)); }},
      {"poly_stitching_bound s=1.4 eta=2",
       [](const json& in) {
         return stitching_bound(in.at("v"), in.at("alpha"), in.at("v_min"), {in.at("c"), 1.4, 2});
       }},
      {"bernoulli_confidence_interval",
       [](const json& in) {
         return pair(bernoulli_interval(in.at("successes"), in.at("n"), in.at("alpha"), in.at("t_opt")));
       }},
      {"beta_binomial_mixture_bound one-sided",
       [](const json& in) {
         return beta_binomial_bound(in.at("v"), in.at("alpha"), in.at("g"), in.at("h"), tuning(in));
       }},
      {"double_stitching_bound delta=.5 s=1.4 eta=2",
       [](const json& in) {
         return double_stitching_bound(in.at("p"), in.at("t"), in.at("alpha"), in.at("t_opt"), 0.5, {0, 1.4, 2});
       }},
  };
  return all;
}

}  // namespace

json confseq_boundaries(const json& row) {
  const auto found = bounds().find(row.at("function"));
  return found == bounds().end() ? json::object() : json{{"value", found->second(row.at("inputs"))}};
}

}  // namespace touchstone::stats::reference
