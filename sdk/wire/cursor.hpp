#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "assign/result.hpp"

namespace touchstone::wire {

/// A place in a document that is being read. The first thing that is not as expected is noted in `problem` with its
/// pointer; reading goes on with empty values, so that a reader is a plain list of members and asks once at the end.
class Cursor {
 public:
  Cursor(const nlohmann::json& node, std::string pointer, std::optional<Error>& problem);

  /// The value here; noted as a problem, and empty, when it is of another type.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::uint32_t small() const;  ///< a whole number that fits 32 bits

  /// Whatever is here, as JSON text.
  [[nodiscard]] std::string json() const;

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_list() const;
  [[nodiscard]] std::size_t size() const;                 ///< of a list or an object; 0 of anything else
  [[nodiscard]] bool has(const char* name) const;         ///< a member, null or not
  [[nodiscard]] bool gives(const char* name) const;       ///< a member that is not null
  [[nodiscard]] Cursor member(const char* name) const;    ///< one that must be there
  [[nodiscard]] Cursor element(std::size_t place) const;  ///< one that must be there
  [[nodiscard]] std::vector<Cursor> elements() const;     ///< of what must be a list
  [[nodiscard]] std::vector<std::pair<std::string, Cursor>> members() const;  ///< of what must be an object

  /// `read(member)` where there is one, `otherwise` where there is not.
  template <class Value, class Read>
  [[nodiscard]] Value member_or(const char* name, Value otherwise, Read read) const {
    return has(name) ? Value(read(member(name))) : otherwise;
  }

  template <class Visit>
  void each_member(Visit visit) const {
    for (const auto& [name, member] : members()) visit(name, member);
  }

  template <class Visit>
  void each_element(Visit visit) const {
    for (const auto& element : elements()) visit(element);
  }

  /// Notes the problem unless `right`; returns `right`.
  bool is(bool right, const std::string& wanted) const;

  /// The value of a result, or an empty one with its error noted.
  template <class Value>
  [[nodiscard]] Value take(Result<Value> result) const {
    if (result) return *std::move(result);
    if (!*problem_) *problem_ = std::move(result).error();
    return {};
  }

  [[nodiscard]] const nlohmann::json& node() const { return *node_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

 private:
  const nlohmann::json* node_;
  std::string pointer_;
  std::optional<Error>* problem_;
};

}  // namespace touchstone::wire
