#pragma once

#include <sstream>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace touchstone::tests {

/// Runs the property on 300 cases drawn from a fixed seed; its counterexample, shrunk, is the failure.
template <class Property>
void always(Property property) {
  rc::detail::TestParams params;
  params.seed = 20'261'122;
  params.maxSuccess = 300;
  rc::detail::TestMetadata metadata;
  const auto result = rc::detail::checkTestable(std::move(property), metadata, params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << told.str();
}

}  // namespace touchstone::tests
