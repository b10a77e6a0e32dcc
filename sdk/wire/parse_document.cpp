#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {
namespace {

Error too_large(std::string message, std::string hint) {
  return {ErrorCode::too_large, std::move(message), "", std::move(hint)};
}

/// Opening brackets outside of texts that are open at the same time, at most.
std::size_t depth_of(std::string_view json) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// Builds the document event by event, to see the members that a finished one no longer shows twice.
class DuplicateWatch {
 public:
  bool operator()(int, Node::parse_event_t event, Node& parsed) {
    if (event == Node::parse_event_t::object_start) members_.emplace_back();
    if (event == Node::parse_event_t::object_end) members_.pop_back();
    if (event == Node::parse_event_t::key && !members_.back().insert(parsed.get_ref<const std::string&>()).second)
      duplicate_ = parsed.get_ref<const std::string&>();
    return true;
  }

  [[nodiscard]] const std::string& duplicate() const { return duplicate_; }

 private:
  std::vector<std::set<std::string>> members_;
  std::string duplicate_;
};

}  // namespace

Result<Node> parse_document(std::string_view json, std::size_t largest, std::size_t deepest) {
  if (json.size() > largest)
    return too_large("the document is too large", "at most " + std::to_string(largest) + " bytes");
  if (depth_of(json) > deepest)
    return too_large("the document is nested too deeply", "at most " + std::to_string(deepest) + " levels");
  DuplicateWatch watch;
  Node node = Node::parse(json, std::ref(watch), false);
  if (node.is_discarded()) return Error{ErrorCode::invalid, "this is not JSON", "", "check it with a JSON reader"};
  if (!watch.duplicate().empty())
    return Error{ErrorCode::invalid, "the member " + watch.duplicate() + " occurs twice in one object", "",
                 "keep one of them"};
  return node;
}

}  // namespace touchstone::wire
