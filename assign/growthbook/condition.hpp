#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "assign/json.hpp"

namespace re2 {
class RE2;
}

namespace touchstone::assign::growthbook {

/// A condition in GrowthBook's language (specification 0.7), taken as it is: $and, $or, $nor, $not over attributes
/// named by dotted paths; equality of plain values; and $eq $ne $lt $lte $gt $gte $veq $vne $vlt $vlte $vgt $vgte $in
/// $nin $ini $nini $all $alli $inGroup $notInGroup $exists $type $size $elemMatch $not $regex $regexi $notRegex
/// $notRegexi. An unknown operator never holds. Patterns are read by RE2, so what it refuses (look-around,
/// back-references) counts as an invalid pattern, which never holds either.
class Condition {
 public:
  explicit Condition(Json tree);
  Condition(Condition&&) noexcept;
  Condition& operator=(Condition&&) noexcept;
  ~Condition();

  /// `saved_groups` is an object of lists.
  [[nodiscard]] bool holds(const Json& attributes, const Json& saved_groups) const;

 private:
  using Pattern = std::pair<std::string, bool>;  ///< text, case matters not

  void compile_patterns(const Json& tree);
  void compile_pattern(const std::string& text, bool any_case);

  bool all_hold(const Json& condition, const Json& attributes, const Json& groups) const;
  bool any_holds(const Json& list, const Json& attributes, const Json& groups) const;
  bool every_holds(const Json& list, const Json& attributes, const Json& groups) const;
  bool value_holds(const Json& condition, const Json& value, const Json& groups, bool any_case = false) const;
  bool operator_holds(std::string_view op, const Json& value, const Json& operand, const Json& groups) const;
  bool element_holds(const Json& operand, const Json& value, const Json& groups) const;
  bool contains_all(const Json& operand, const Json& value, const Json& groups, bool any_case) const;
  bool found(const Json& pattern, const Json& value, bool any_case, bool wanted) const;

  Json tree_;
  std::map<Pattern, std::unique_ptr<re2::RE2>> patterns_;
};

/// The text by which versions compare: parts padded to five characters, a release sorting after its pre-releases.
[[nodiscard]] std::string padded_version(const Json& version);

}  // namespace touchstone::assign::growthbook
