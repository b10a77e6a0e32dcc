#include "service/codec/json_difference.hpp"

#include <optional>

#include "service/codec/canonical_json.hpp"

namespace touchstone::codec {
namespace {

std::string text_of(std::optional<JsonView> value) {
  std::string text;
  if (value && !append_canonical(text, *value)) return "(no canonical form)";
  return text;
}

/// RFC 6901: ~ and / of a name are escaped.
std::string child(const std::string& pointer, std::string_view name) {
  std::string all = pointer + '/';
  for (const char c : name) c == '~' ? all.append("~0") : c == '/' ? all.append("~1") : all.append(1, c);
  return all;
}

class Comparison {
 public:
  explicit Comparison(std::size_t most) : most_(most) {}

  void compare(const std::string& pointer, std::optional<JsonView> one, std::optional<JsonView> other) {
    if (found_.size() >= most_) return;
    if (one && other && one->is(JsonKind::object) && other->is(JsonKind::object)) return objects(pointer, *one, *other);
    if (one && other && one->is(JsonKind::array) && other->is(JsonKind::array)) return arrays(pointer, *one, *other);
    auto first = text_of(one);
    auto second = text_of(other);
    if (first != second) found_.push_back({pointer, std::move(first), std::move(second)});
  }

  std::vector<JsonDifference> take() { return std::move(found_); }

 private:
  void objects(const std::string& pointer, JsonView one, JsonView other) {
    for (const auto& [name, value] : one.members()) compare(child(pointer, name), value, other.find(name));
    for (const auto& [name, value] : other.members())
      if (!one.find(name)) compare(child(pointer, name), std::nullopt, value);
  }

  void arrays(const std::string& pointer, JsonView one, JsonView other) {
    auto a = one.elements().begin();
    auto b = other.elements().begin();
    const auto a_end = one.elements().end();
    const auto b_end = other.elements().end();
    for (std::size_t place = 0; a != a_end || b != b_end; ++place) {
      compare(child(pointer, std::to_string(place)), a != a_end ? std::optional(*a) : std::nullopt,
              b != b_end ? std::optional(*b) : std::nullopt);
      if (a != a_end) ++a;
      if (b != b_end) ++b;
    }
  }

  std::size_t most_;
  std::vector<JsonDifference> found_;
};

}  // namespace

std::vector<JsonDifference> differences(JsonView one, JsonView other, std::size_t most) {
  Comparison comparison(most);
  comparison.compare("", one, other);
  return comparison.take();
}

}  // namespace touchstone::codec
