#pragma once

#include <chrono>

namespace touchstone {

using Micros = std::chrono::microseconds;

/// An instant as stored: microseconds since 1970 UTC, 1970 <= t < 2100.
using Time = std::chrono::sys_time<Micros>;

}  // namespace touchstone
