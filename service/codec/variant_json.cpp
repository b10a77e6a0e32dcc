#include "service/codec/variant_json.hpp"

#include <algorithm>

#include "service/codec/weights.hpp"

namespace touchstone::codec {
namespace {

using storage::Variant;

constexpr std::size_t kVariants = 100;
constexpr std::size_t kFlags = 100;

/// A variant with its weight as it was written.
struct Draft {
  Variant variant;
  std::optional<double> weight;
};

bool read_draft(const Field& field, Draft& into) {
  ObjectReader in(field);
  in.required("key", into.variant.key, read_key);
  in.optional("name", into.variant.name, Text{200});
  in.optional("control", into.variant.control, read_bool);
  in.nullable("weight", into.weight, Number{0, 1e6});
  in.optional("values", into.variant.values, MapOf{kFlags, AnyJson{65'536}});
  return in.finish();
}

bool set_weights(const Field& field, std::vector<Draft>& drafts) {
  const auto given = std::ranges::count_if(drafts, [](const Draft& draft) { return draft.weight.has_value(); });
  if (given != 0 && given != std::ssize(drafts))
    return field.fail("only some variants have a weight", "give all a weight, or none for equal ones");
  std::vector<double> weights;
  for (const auto& draft : drafts) weights.push_back(draft.weight.value_or(1));
  const auto slots = slots_of_weights(weights);
  if (!slots)
    return field.fail("the weights have more than six decimals, or all are zero", "send 1 and 1, or 90 and 10");
  for (std::size_t i = 0; i < drafts.size(); ++i) drafts[i].variant.weight = (*slots)[i];
  return true;
}

bool set_control(const Field& field, std::vector<Draft>& drafts) {
  const auto controls = std::ranges::count_if(drafts, [](const Draft& draft) { return draft.variant.control; });
  if (controls > 1) return field.fail("more than one control", "mark exactly one variant as control");
  if (controls == 0) drafts.front().variant.control = true;
  return true;
}

/// Keys are unique ignoring case: nobody should have to tell "A" from "a" in a report.
std::string folded(std::string_view key) {
  std::string lower(key);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

bool keys_are_unique(const Field& field, const std::vector<Draft>& drafts) {
  std::vector<std::string> seen;
  for (const auto& draft : drafts) {
    const std::string key = folded(draft.variant.key);
    const Place place{&field.place(), {}, seen.size()};
    if (std::ranges::find(seen, key) != seen.end())
      return field.inside(field.value(), place).fail("has the key of another variant", "give each its own key");
    seen.push_back(key);
  }
  return true;
}

}  // namespace

bool read_variants(const Field& field, std::vector<Variant>& into) {
  std::vector<Draft> drafts;
  if (!ListOf{kVariants, read_draft}(field, drafts)) return false;
  if (drafts.empty()) return field.fail("has no variant", "describe at least control and one treatment");
  if (!keys_are_unique(field, drafts) || !set_weights(field, drafts) || !set_control(field, drafts)) return false;
  into.clear();
  for (auto& draft : drafts) into.push_back(std::move(draft.variant));
  return true;
}

void write_variant(JsonWriter& out, const Variant& variant) {
  out.begin_object().key("key").text(variant.key).key("name").text(variant.name);
  out.key("control").boolean(variant.control).key("weight").natural(variant.weight).key("values").begin_object();
  for (const auto& [flag, value] : variant.values) out.key(flag).raw(value);
  out.end_object().end_object();
}

}  // namespace touchstone::codec
