#pragma once

#include <cstdint>
#include <string>

#include "assign/condition.hpp"

namespace touchstone::storage {

/// A named rule over attributes, or a list of units; a persona is a segment with a description and an owner.
struct SegmentRule {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  std::string description;
  std::string owner;
  bool archived = false;
  assign::Segment rule;

  friend bool operator==(const SegmentRule&, const SegmentRule&) = default;
};

}  // namespace touchstone::storage
