#pragma once

#include <string_view>

#include "service/codec/field.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// A duration as parse_duration() reads it; the error shows the example.
struct Duration {
  std::string_view example;
  bool operator()(const Field& field, Micros& into) const;
};

}  // namespace touchstone::codec
