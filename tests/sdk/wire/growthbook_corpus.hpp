#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {

/// GrowthBook's own cross-language corpus: every case of every vectors/growthbook-cases*.json of the shared data.
class GrowthBookCases : public testing::Test {
 protected:
  void SetUp() override;

  /// Those of one category; their number is printed.
  static std::vector<Node> cases(const std::string& category);
};

}  // namespace touchstone::wire
