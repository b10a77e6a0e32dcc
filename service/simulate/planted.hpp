#pragma once

#include <array>
#include <span>
#include <string_view>

namespace touchstone::simulate {

/// The moment of a visit at which a customer meets an experiment.
enum class Touchpoint { landing, search, basket };

/// What the treatment really does: factors on the probabilities of a control customer.
struct Effect {
  double view = 1.0;      ///< looking at a product, given a visit
  double purchase = 1.0;  ///< buying, given a filled basket
  double refund = 1.0;    ///< sending it back, given a purchase
  double lost = 0.0;      ///< share of treated customers whose exposure never arrives
};

/// An experiment of the simulated shop with its known truth.
struct Planted {
  std::string_view key;
  std::string_view name;
  std::string_view hypothesis;
  std::string_view treatment;  ///< key of the variant beside "control"
  Touchpoint met_at;
  Effect effect;
  std::string_view goal;        ///< metric key
  std::string_view guardrail;   ///< metric key, empty = none
  double guardrail_margin = 0;  ///< relative
  double smallest_effect = 0;   ///< relative: what is smaller does not matter
  std::string_view truth;       ///< in words
  std::string_view lesson;
};

/// The experiments of the demo, in the order in which they are shown.
[[nodiscard]] std::span<const Planted> planted_experiments();

}  // namespace touchstone::simulate
