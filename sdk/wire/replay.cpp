#include "sdk/wire/replay.hpp"

#include <optional>
#include <utility>

#include "sdk/wire/correlation.hpp"
#include "sdk/wire/cursor.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/vendor_json.hpp"

namespace touchstone::wire {
namespace {

constexpr std::size_t largest_line = 4U << 20U;
constexpr std::size_t deepest_line = 64;

struct Line {
  std::string vendor;
  std::string algorithm;
  std::string encoding;
  std::string category;
  std::string experiment;
  std::string unit;
  Node variant;
};

std::string text_if_any(const Cursor& at, const char* name) {
  return at.gives(name) ? at.member(name).text() : std::string();
}

Line line_of(const Cursor& at) {
  Line line;
  line.vendor = at.member("vendor").text();
  line.algorithm = text_if_any(at, "algorithm");
  line.encoding = text_if_any(at, "encoding");
  line.category = at.gives("category") ? at.member("category").text() : line.algorithm;
  line.experiment = at.member("experiment").json();
  line.unit = at.member("unit").text();
  line.variant = at.member("variant").node();
  return line;
}

/// A program names its variants by text; the vendor's own may be any JSON value.
bool same_variant(const Node& expected, const std::optional<std::string>& given) {
  if (!given) return expected.is_null();
  return expected.is_string() ? expected == *given : expected == Node::parse(*given, nullptr, false);
}

}  // namespace

Result<Replayed> Replay::line(std::string_view json) {
  const auto node = parse_document(json, largest_line, deepest_line);
  if (!node) return node.error();
  std::optional<Error> problem;
  const auto asked = line_of(Cursor(*node, "", problem));
  if (problem) return *std::move(problem);

  const auto key = asked.vendor + '\n' + asked.algorithm + '\n' + asked.encoding + '\n' + asked.experiment;
  auto known = programs_.find(key);
  if (known == programs_.end())
    known =
        programs_.emplace(key, read_vendor_experiment(asked.vendor, asked.algorithm, asked.encoding, asked.experiment))
            .first;

  Replayed replayed{asked.vendor, asked.category, false, {}, ""};
  if (!known->second) {
    replayed.difference = known->second.error().pointer + ": " + known->second.error().message;
    return replayed;
  }
  replayed.warning = correlation_of(asked.vendor, *known->second).value_or("");
  const auto given = assign::dialect::variant_of(*known->second, asked.unit);
  replayed.matched = same_variant(asked.variant, given);
  if (!replayed.matched)
    replayed.difference = "unit " + Node(asked.unit).dump() + ": expected " + asked.variant.dump() + ", given " +
                          (given ? Node(*given).dump() : "null");
  return replayed;
}

}  // namespace touchstone::wire
