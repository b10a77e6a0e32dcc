#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "assign/condition.hpp"

namespace touchstone::wire::import {

using Node = nlohmann::json;

/// Conditions that several vendors share.

/// The attribute is there, and the condition does not hold.
[[nodiscard]] assign::Condition there_but_not(const std::string& attribute, assign::Condition condition);

/// The attribute is one of the values: texts and numbers as they are written.
[[nodiscard]] assign::Condition one_of(const std::string& attribute, const Node& values);

/// One of the operands fits.
[[nodiscard]] assign::Condition any_operand(const std::string& attribute, assign::Operator op, const Node& operands);

/// The unit of the type has one of the ids.
[[nodiscard]] assign::Condition is_unit(const std::string& unit, const Node& ids);

/// The subject has a unit of the type; one whose id fits the pattern.
[[nodiscard]] assign::Condition has_unit(const std::string& unit);
[[nodiscard]] assign::Condition unit_matches(const std::string& unit, const std::string& pattern);

/// The attribute's text fits the pattern, whatever the case.
[[nodiscard]] assign::Condition matches_any_case(const std::string& attribute, const std::string& pattern);

/// The attribute is one of the values, whatever the case; numbers and flags also as texts.
[[nodiscard]] assign::Condition one_of_any_case(const std::string& attribute, const Node& values);

/// The attribute is a version equal to this one.
[[nodiscard]] assign::Condition is_version(const std::string& attribute, const std::string& version);

/// The attribute is a version for which the comparison (`gt`, `gte`, `lt`, `lte`, `eq`) holds, a prerelease counting as
/// its release.
[[nodiscard]] assign::Condition release_test(const std::string& attribute, const std::string& op,
                                             const std::string& version);

/// The attribute is an address in one of the networks; what is no network is passed over.
[[nodiscard]] assign::Condition in_networks(const std::string& attribute, const Node& networks);

/// A pattern that fits the text alone.
[[nodiscard]] std::string literally(std::string_view text);

/// A date as text: from text, or from milliseconds since 1970.
[[nodiscard]] std::string date_in(const Node& value);

/// A plain value: a test that the flag gives it. CannotCarry for others.
[[nodiscard]] assign::Condition flag_is(const std::string& flag, const Node& value);

/// A number or a text that is one; CannotCarry for others.
[[nodiscard]] double number_in(const Node& value);
[[nodiscard]] std::string text_in(const Node& value);

}  // namespace touchstone::wire::import
