#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "assign/pointer.hpp"
#include "assign/result.hpp"
#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {

/// A place in a document that is being read. The first thing that is not as expected is noted in `problem` with its
/// pointer; reading goes on with empty values, so that a reader is a plain list of members and asks once at the end.
class Cursor {
 public:
  Cursor(const Node& node, std::string pointer, std::optional<Error>& problem)
      : node_(&node), pointer_(std::move(pointer)), problem_(&problem) {}

  [[nodiscard]] std::string text() const { return is(node_->is_string(), "a text") ? node_->get<std::string>() : ""; }
  [[nodiscard]] bool flag() const { return is(node_->is_boolean(), "true or false") && node_->get<bool>(); }
  [[nodiscard]] std::int64_t integer() const {
    return is(node_->is_number_integer(), "a whole number") ? node_->get<std::int64_t>() : 0;
  }
  [[nodiscard]] std::uint32_t small() const {
    const auto number = integer();
    return is(number >= 0 && number <= 0xFFFFFFFF, "a whole number from 0 to 4294967295")
               ? static_cast<std::uint32_t>(number)
               : 0;
  }
  [[nodiscard]] std::string json() const { return node_->dump(); }

  [[nodiscard]] bool is_text() const { return node_->is_string(); }
  [[nodiscard]] bool has(const char* name) const { return node_->is_object() && node_->contains(name); }

  /// A member that must be there.
  [[nodiscard]] Cursor member(const char* name) const {
    static const Node nothing;
    const bool found = is(has(name), "an object with the member " + std::string(name));
    return {found ? (*node_)[name] : nothing, assign::child_pointer(pointer_, name), *problem_};
  }

  /// `read(member)` where there is one, `otherwise` where there is not.
  template <class Value, class Read>
  [[nodiscard]] Value member_or(const char* name, Value otherwise, Read read) const {
    return has(name) ? Value(read(member(name))) : otherwise;
  }

  template <class Visit>
  void each_member(Visit visit) const {
    if (!is(node_->is_object(), "an object")) return;
    for (const auto& [name, node] : node_->items())
      visit(name, Cursor(node, assign::child_pointer(pointer_, name), *problem_));
  }

  template <class Visit>
  void each_element(Visit visit) const {
    if (!is(node_->is_array(), "a list")) return;
    for (std::size_t i = 0; i < node_->size(); ++i) visit(element(i));
  }

  /// Precondition: this is a list with more than `i` elements.
  [[nodiscard]] Cursor element(std::size_t i) const {
    return {(*node_)[i], assign::child_pointer(pointer_, i), *problem_};
  }

  /// Notes the problem unless `right`; returns `right`.
  bool is(bool right, const std::string& wanted) const {
    if (!right && !*problem_)
      *problem_ = Error{ErrorCode::invalid, "this is not " + wanted, pointer_, "write " + wanted};
    return right;
  }

  /// The value of a result, or an empty one with its error noted.
  template <class Value>
  [[nodiscard]] Value take(Result<Value> result) const {
    if (result) return *std::move(result);
    if (!*problem_) *problem_ = std::move(result).error();
    return {};
  }

  [[nodiscard]] const Node& node() const { return *node_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

 private:
  const Node* node_;
  std::string pointer_;
  std::optional<Error>* problem_;
};

}  // namespace touchstone::wire
