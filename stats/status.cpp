#include "stats/status.hpp"

namespace touchstone::stats {

std::string_view name(Status status) noexcept {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::no_data:
      return "no_data";
    case Status::insufficient_data:
      return "insufficient_data";
    case Status::zero_variance:
      return "zero_variance";
    case Status::zero_denominator:
      return "zero_denominator";
    case Status::baseline_not_positive:
      return "baseline_not_positive";
    case Status::out_of_range:
      return "out_of_range";
    case Status::not_relative:
      return "not_relative";
    case Status::no_sequential_method:
      return "no_sequential_method";
    case Status::not_mature:
      return "not_mature";
    case Status::not_converged:
      return "not_converged";
  }
  return "";
}

}  // namespace touchstone::stats
