#include "sdk/wire/dialect_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sdk/wire/cursor.hpp"
#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {
namespace {

using namespace assign::dialect;

constexpr std::array<std::string_view, 10> hashes = {"fnv1a32", "fnv1a32_twice", "murmur3", "java31",  "md5",
                                                     "md5_32",  "sha1_28",       "sha1_52", "sha1_60", "sha256_64"};
constexpr std::array<std::string_view, 5> encodings = {"utf8", "utf16", "utf16_low8", "utf16_mixed", "code_points"};
constexpr std::array<std::string_view, 6> reductions = {"modulo", "signed_modulo", "quotient",
                                                        "scaled", "fraction",      "signed_fraction"};
constexpr std::array<std::string_view, 4> kinds = {"nothing", "step", "variant", "integer"};

template <class Enum, std::size_t N>
Enum named(const Cursor& at, const std::array<std::string_view, N>& names) {
  const auto found = std::find(names.begin(), names.end(), at.text());
  if (!at.is(found != names.end(), "a known name")) return Enum{};
  return static_cast<Enum>(found - names.begin());
}

template <class Enum, std::size_t N>
std::string_view name_of(Enum value, const std::array<std::string_view, N>& names) {
  return names[static_cast<std::size_t>(value)];
}

Target target(const Cursor& at) {
  if (at.is_null()) return nothing;
  if (!at.is(at.is_list() && at.size() == 2, "null or a kind with its number")) return nothing;
  return {named<Target::Kind>(at.element(0), kinds), at.element(1).integer()};
}

Node node_of(const Target& target) {
  if (target == nothing) return nullptr;
  return Node::array({name_of(target.kind, kinds), target.number});
}

double bound(const Cursor& at, double if_null) { return at.is_null() ? if_null : at.number(); }

Node node_of_bound(double bound) { return std::isinf(bound) ? Node() : number_node(bound); }

Band band(const Cursor& at) {
  constexpr double far = std::numeric_limits<double>::infinity();
  if (!at.is(at.is_list() && at.size() == 3, "a band: lower, upper and where it leads")) return {};
  return {bound(at.element(0), -far), bound(at.element(1), far), target(at.element(2))};
}

Node node_of(const Band& band) {
  return Node::array({node_of_bound(band.lower), node_of_bound(band.upper), node_of(band.to)});
}

std::uint64_t positive(const Cursor& at) {
  const auto number = at.integer();
  return at.is(number > 0, "a whole number above 0") ? static_cast<std::uint64_t>(number) : 1;
}

Draw draw(const Cursor& at) {
  const auto number = [](const Cursor& member) { return member.number(); };
  Draw result;
  result.prefix = at.member("prefix").text();
  result.suffix = at.member("suffix").text();
  result.hash = named<Hash>(at.member("hash"), hashes);
  result.encoding = named<Encoding>(at.member("encoding"), encodings);
  result.seed = at.member("seed").small();
  result.reduction = named<Reduction>(at.member("reduction"), reductions);
  result.n = at.member_or("n", std::uint64_t{1}, positive);
  result.divisor = at.member_or("divisor", 1.0, number);
  result.factor = at.member_or("factor", 1.0, number);
  result.again_at = at.member_or("again_at", std::optional<double>(), number);
  return result;
}

Node node_of(const Draw& draw) {
  Node node = {{"prefix", draw.prefix},
               {"suffix", draw.suffix},
               {"hash", name_of(draw.hash, hashes)},
               {"encoding", name_of(draw.encoding, encodings)},
               {"seed", draw.seed},
               {"reduction", name_of(draw.reduction, reductions)},
               {"n", draw.n},
               {"divisor", number_node(draw.divisor)},
               {"factor", number_node(draw.factor)}};
  if (draw.again_at) node["again_at"] = number_node(*draw.again_at);
  return node;
}

Step step_of(const Cursor& at) {
  Step result;
  result.draw = draw(at.member("draw"));
  result.closed = at.member("closed").flag();
  at.member("bands").each_element([&](const Cursor& entry) { result.bands.push_back(band(entry)); });
  result.otherwise = target(at.member("otherwise"));
  return result;
}

Node node_of(const Step& step) {
  Node bands = Node::array();
  for (const auto& one : step.bands) bands.push_back(node_of(one));
  return {{"draw", node_of(step.draw)},
          {"closed", step.closed},
          {"bands", std::move(bands)},
          {"otherwise", node_of(step.otherwise)}};
}

}  // namespace

Result<Program> dialect_from(const Node& node, std::string_view pointer) {
  std::optional<Error> problem;
  const Cursor at(node, std::string(pointer), problem);
  Program program;
  program.start = target(at.member("start"));
  at.member("steps").each_element([&](const Cursor& entry) { program.steps.push_back(step_of(entry)); });
  at.member("variants").each_element([&](const Cursor& entry) { program.variants.push_back(entry.text()); });
  if (problem) return *std::move(problem);
  return program;
}

Node to_node(const Program& program) {
  Node steps = Node::array();
  for (const auto& one : program.steps) steps.push_back(node_of(one));
  return {{"start", node_of(program.start)}, {"steps", std::move(steps)}, {"variants", program.variants}};
}

Result<Program> read_dialect(std::string_view json, std::string_view pointer) {
  constexpr std::size_t largest = 4U << 20U;
  constexpr std::size_t deepest = 16;
  const auto node = parse_document(json, largest, deepest);
  if (!node) return node.error();
  return dialect_from(*node, pointer);
}

std::string write_dialect(const Program& program) { return to_node(program).dump(); }

}  // namespace touchstone::wire
