#pragma once

#include <functional>
#include <string_view>

#include "assign/result.hpp"
#include "storage/event.hpp"

namespace touchstone::storage::segment {

/// Shows every unit that a segment names, each once, until `visit` says false: its dictionary is read, not the events.
[[nodiscard]] Status for_each_unit(std::string_view body, const std::function<bool(const UnitRef&)>& visit);

}  // namespace touchstone::storage::segment
