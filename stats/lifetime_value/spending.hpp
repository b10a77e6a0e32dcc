#pragma once

#include <span>

#include "stats/estimate.hpp"

/// What customers spend at a purchase: the Gamma-Gamma model (Fader, Hardie and Lee 2005, Journal of Marketing Research
/// 42, 415; Fader and Hardie 2013, note "The Gamma-Gamma model of monetary value"). A purchase of one customer is
/// Gamma(p, nu), and nu is Gamma(q, v) over customers. Holds where how much tells nothing about how often.
namespace touchstone::stats {

struct Spender {
  double purchases = 0;
  double mean = 0;  ///< amount of a purchase on average
};

struct SpendingModel {
  double p = undefined;
  double q = undefined;
  double v = undefined;  ///< in the unit of amounts
};

/// Maximum likelihood in the logarithms of the parameters (the note's equation 1a), over those who spent something.
/// insufficient_data where fewer than two did; not_converged where the likelihood has no maximum.
struct SpendingFit {
  Status status = Status::no_data;
  SpendingModel model;
  double log_likelihood = undefined;
  std::size_t customers = 0;  ///< who spent something
};
[[nodiscard]] SpendingFit fit_spending(std::span<const Spender> spenders);

/// The mean amount of the customer's purchases to come, p (v + x m)/(p x + q - 1): between what the customer spent and
/// what all spend, the closer to the former the more is known. Without a purchase all that is known is the latter.
/// Infinite where p x + q <= 1.
[[nodiscard]] double expected_amount(const SpendingModel& model, const Spender& spender) noexcept;

}  // namespace touchstone::stats
