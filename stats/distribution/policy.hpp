#pragma once

#include <boost/math/policies/policy.hpp>

namespace touchstone::stats {

/// Boost.Math without exceptions: a result outside the range is infinite or NaN. For sources only.
template <bool Promote>
using QuietPolicy =
    boost::math::policies::policy<boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::pole_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::promote_double<Promote>>;

using Quiet = QuietPolicy<false>;
/// With long doubles inside: incomplete beta functions of 1e8 units lose eight digits without them.
using QuietLong = QuietPolicy<true>;

}  // namespace touchstone::stats
