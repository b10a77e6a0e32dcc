#include "service/http/detail/router.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace touchstone::http {
namespace {

constexpr std::array<std::string_view, method_count> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

constexpr std::size_t index(Method method) { return static_cast<std::size_t>(method); }

[[noreturn]] void reject(std::string_view pattern, std::string_view why) {
  throw std::invalid_argument("route \"" + std::string(pattern) + "\": " + std::string(why));
}

// Cuts the first segment off "/a/b": "a" and "/b".
std::string_view take_segment(std::string_view& rest) {
  rest.remove_prefix(1);
  const auto segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

// The suffix behind "{name}", or nothing where the segment is literal.
std::optional<std::string_view> placeholder_suffix(std::string_view pattern, std::string_view segment) {
  if (segment.find_first_of("{}") == std::string_view::npos) return std::nullopt;
  const auto close = segment.find('}');
  if (segment.front() != '{' || close == std::string_view::npos || close < 2) reject(pattern, "malformed placeholder");
  const auto suffix = segment.substr(close + 1);
  if (suffix.find_first_of("{}") != std::string_view::npos) reject(pattern, "one placeholder per segment");
  return suffix;
}

}  // namespace

std::uint8_t Router::Node::mask() const noexcept {
  unsigned mask = 0;
  for (std::size_t i = 0; i < methods.size(); ++i) mask |= methods[i] != nullptr ? 1U << i : 0U;
  if (methods[index(Method::get)] != nullptr) mask |= 1U << index(Method::head);
  return static_cast<std::uint8_t>(mask);
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) add(route);
  order(root_);
  for (const auto& route : routes_) {
    Params none;
    if (route.pattern.find('{') == std::string::npos)
      whole_.emplace(route.pattern, walk(root_, route.pattern, none, 0));
  }
}

void Router::add(const Route& route) {
  std::string_view rest = route.pattern;
  if (rest.empty() || rest.front() != '/') reject(route.pattern, "a pattern starts with /");
  if (std::visit([](const auto& handler) { return !handler; }, route.handler)) reject(route.pattern, "no handler");
  Node* node = &root_;
  std::size_t placeholders = 0;
  while (!rest.empty()) {
    const auto segment = take_segment(rest);
    if (segment.empty() && route.pattern != "/") reject(route.pattern, "empty segment");
    const auto suffix = placeholder_suffix(route.pattern, segment);
    if (suffix && ++placeholders > std::tuple_size_v<Params>) reject(route.pattern, "too many placeholders");
    node = suffix ? &child(node->placeholders, *suffix) : &child(node->literals, segment);
  }
  auto& slot = node->methods[index(route.method)];
  if (slot != nullptr) reject(route.pattern, "given twice for one method");
  slot = &route;
}

Router::Node& Router::child(std::vector<Branch>& branches, std::string_view text) {
  const auto found = std::ranges::find(branches, text, &Branch::text);
  if (found != branches.end()) return found->node;
  return branches.emplace_back(Branch{std::string(text), {}}).node;
}

void Router::order(Node& node) {
  std::ranges::sort(node.literals, {}, &Branch::text);
  std::ranges::sort(node.placeholders, [](const Branch& a, const Branch& b) { return a.text.size() > b.text.size(); });
  for (auto& branch : node.literals) order(branch.node);
  for (auto& branch : node.placeholders) order(branch.node);
}

Router::Match Router::find(Method method, std::string_view path) const {
  Match match;
  const auto whole = whole_.find(path);
  const Node* node = whole != whole_.end() ? whole->second : walk(root_, path, match.params, 0);
  if (node == nullptr) return match;
  match.methods = node->mask();
  match.route = node->methods[index(method)];
  if (match.route == nullptr && method == Method::head) match.route = node->methods[index(Method::get)];
  return match;
}

const Router::Node* Router::walk(const Node& node, std::string_view rest, Params& params, std::size_t depth) {
  if (rest.empty()) return node.mask() != 0 ? &node : nullptr;
  const auto segment = take_segment(rest);
  const Node* found = walk_literal(node, segment, rest, params, depth);
  return found != nullptr ? found : walk_placeholder(node, segment, rest, params, depth);
}

const Router::Node* Router::walk_literal(const Node& node, std::string_view segment, std::string_view rest,
                                         Params& params, std::size_t depth) {
  const auto branch = std::ranges::lower_bound(node.literals, segment, {}, &Branch::text);
  if (branch == node.literals.end() || branch->text != segment) return nullptr;
  return walk(branch->node, rest, params, depth);
}

const Router::Node* Router::walk_placeholder(const Node& node, std::string_view segment, std::string_view rest,
                                             Params& params, std::size_t depth) {
  for (const auto& branch : node.placeholders) {
    if (segment.size() <= branch.text.size() || !segment.ends_with(branch.text)) continue;
    const Node* found = walk(branch.node, rest, params, depth + 1);
    if (found == nullptr) continue;
    params[depth] = segment.substr(0, segment.size() - branch.text.size());
    return found;
  }
  return nullptr;
}

std::string allow(std::uint8_t methods) {
  std::string text;
  for (std::size_t i = 0; i < method_count; ++i) {
    if ((methods & (1U << i)) == 0) continue;
    if (!text.empty()) text += ", ";
    text += kNames[i];
  }
  return text;
}

}  // namespace touchstone::http
