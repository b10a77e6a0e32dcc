#pragma once

#include "service/codec/field.hpp"
#include "storage/metric.hpp"
#include "storage/plan.hpp"

namespace touchstone::codec {

inline constexpr Word<storage::MetricKind> kMetricKinds[] = {{storage::MetricKind::proportion, "proportion"},
                                                             {storage::MetricKind::count, "count"},
                                                             {storage::MetricKind::sum, "sum"},
                                                             {storage::MetricKind::mean, "mean"}};

inline constexpr Word<storage::Direction> kDirections[] = {{storage::Direction::increase, "increase"},
                                                           {storage::Direction::decrease, "decrease"}};

inline constexpr Word<storage::MetricRole> kRoles[] = {{storage::MetricRole::goal, "goal"},
                                                       {storage::MetricRole::secondary, "secondary"},
                                                       {storage::MetricRole::guardrail, "guardrail"}};

inline constexpr Word<storage::Crossover> kCrossovers[] = {{storage::Crossover::exclude, "exclude"},
                                                           {storage::Crossover::first, "first"}};

}  // namespace touchstone::codec
