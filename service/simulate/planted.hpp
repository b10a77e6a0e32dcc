#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace touchstone::simulate {

/// The moment of a visit at which a customer meets an experiment.
enum class Touchpoint : std::uint8_t { landing, trial, product, basket, checkout };

/// What the treatment really does: factors on the probabilities of a control customer, unless said otherwise.
struct Effect {
  double view = 1.0;         ///< looking at a product, given a visit
  double basket = 1.0;       ///< filling a basket, given a look at a product
  double purchase = 1.0;     ///< buying, given that checkout has begun
  double refund = 1.0;       ///< sending it back, given a purchase
  double churn = 1.0;        ///< closing the account later on, given a purchase
  double trial_new = 1.0;    ///< a new customer keeps what was tried
  double trial_loyal = 1.0;  ///< a loyal one does
  double score = 0.0;        ///< added to the answer "would you recommend us?", 0 to 10
  double lost = 0.0;         ///< share of treated customers whose exposure never arrives
};

/// What the shop measures; fields as in the metrics of the API.
struct ShopMetric {
  std::string_view key;
  std::string_view name;  ///< for people
  std::string_view kind;
  std::string_view event;
  std::string_view direction = "increase";
  std::string_view property = {};
  std::string_view window = {};  ///< length after the first exposure; empty = without end
  std::string_view delay = "0s";
  std::string_view more = {};   ///< further members, as JSON without the braces
  std::string_view stage = {};  ///< of the customer's way
};

[[nodiscard]] std::span<const ShopMetric> shop_metrics();

struct Guardrail {
  std::string_view metric;  ///< empty = none
  double margin = 0;        ///< relative; of a score in its points
};

/// What the shop decided when an experiment had ended.
struct ShopDecision {
  std::string_view action;  ///< empty: nothing yet
  std::string_view variant = {};
  std::string_view reason = {};
};

/// An experiment of the simulated shop with its known truth.
struct Planted {
  std::string_view key;
  std::string_view name;
  std::string_view hypothesis;
  std::string_view treatment;  ///< key of the variant beside "control"
  Touchpoint met_at = Touchpoint::landing;
  Effect effect{};
  std::string_view goal;  ///< metric key
  std::array<Guardrail, 3> guardrails{};
  double smallest_effect = 0;    ///< relative: what is smaller does not matter
  std::uint32_t runs_since = 0;  ///< 0: the whole season, over now; else still running, begun so many days ago
  std::string_view truth;        ///< in words
  std::string_view lesson;
  std::string_view verdict;  ///< the one that the truth deserves
  ShopDecision decided = {};
};

/// The experiments of the demo, in the order in which they are shown. All customers can meet them, but for those met at
/// the trial, which is offered to new and to loyal customers alone.
[[nodiscard]] std::span<const Planted> planted_experiments();

/// The one of that key; null for any other.
[[nodiscard]] const Planted* find_planted(std::string_view key);

}  // namespace touchstone::simulate
