#pragma once

#include <cstdint>
#include <string>

#include "assign/document.hpp"

namespace touchstone::storage {

/// A slot space in which experiments exclude each other, as administered.
struct Layer {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  bool archived = false;
  assign::LayerDocument slots;  ///< salt, and the slots that no experiment gets

  friend bool operator==(const Layer&, const Layer&) = default;
};

}  // namespace touchstone::storage
