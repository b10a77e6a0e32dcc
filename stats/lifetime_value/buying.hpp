#pragma once

#include <span>

#include "stats/estimate.hpp"

/// How often customers will buy again who buy when they like and leave without saying so: the beta-geometric/NBD model
/// (Fader, Hardie and Lee 2005, Marketing Science 24, 275). While here a customer buys as a Poisson process whose rate
/// is Gamma(r, alpha) over customers; after each purchase the customer leaves with a chance that is Beta(a, b) over
/// customers.
namespace touchstone::stats {

/// What is known of one customer; times count from the first purchase, in any one unit.
struct Buyer {
  double repeats = 0;  ///< purchases after the first
  double last = 0;     ///< time of the last of them; 0 without
  double watched = 0;  ///< time from the first purchase to the end of observation
};

struct BuyingModel {
  double r = undefined;
  double alpha = undefined;  ///< in the unit of time
  double a = undefined;
  double b = undefined;
};

/// Maximum likelihood (their equation 6, summed over customers) in the logarithms of the four parameters, with the
/// exact gradient. insufficient_data where nobody came back, everybody was watched for no time, or a time is not
/// possible; not_converged where the likelihood has no maximum, as with customers who are all alike.
struct BuyingFit {
  Status status = Status::no_data;
  BuyingModel model;
  double log_likelihood = undefined;
};
[[nodiscard]] BuyingFit fit_buying(std::span<const Buyer> buyers);

/// The chance that the customer still is one (Fader, Hardie and Lee 2008, equation 4); 1 without a repeat, because the
/// model lets nobody leave before.
[[nodiscard]] double chance_active(const BuyingModel& model, const Buyer& buyer) noexcept;

/// Purchases to expect of the customer in the next `horizon`: equation 10 of the paper, as the integral over the
/// leaving chance p from which it comes, E[(1 - (1 + p h/(alpha + T))^-(r + x))/p] with p ~ Beta(a, b + x): no
/// hypergeometric series, and nothing special at a = 1.
[[nodiscard]] double expected_purchases(const BuyingModel& model, const Buyer& buyer, double horizon);

}  // namespace touchstone::stats
