#pragma once

#include <cstdint>
#include <string>

#include "assign/document.hpp"

namespace touchstone::storage {

/// What clients evaluate, as administered; `rules` is what is compiled into a snapshot.
struct Flag {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  std::string description;
  bool archived = false;
  std::string schema;  ///< JSON Schema of its values, of type json; empty: none
  assign::FlagDocument rules;

  friend bool operator==(const Flag&, const Flag&) = default;
};

}  // namespace touchstone::storage
