#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/http/route.hpp"

namespace touchstone::http {

inline constexpr std::size_t method_count = 7;

/// Finds the route of a path. In each segment a literal is preferred to a placeholder with a suffix, and that to a
/// plain placeholder; the next is tried only where the first leads to no route at all, whatever its methods.
class Router {
 public:
  struct Match {
    const Route* route = nullptr;  ///< null: see `methods`
    std::uint8_t methods = 0;      ///< bit per Method that the path answers; 0: no such path
    std::array<std::string_view, 2> params{};
  };

  /// Throws std::invalid_argument naming the pattern that is malformed or given twice for a method.
  explicit Router(std::vector<Route> routes);

  /// HEAD finds the GET route where it has none of its own. Allocates nothing.
  [[nodiscard]] Match find(Method method, std::string_view path) const;

 private:
  struct Branch;
  struct Node {
    std::vector<Branch> literals;      // ordered by text
    std::vector<Branch> placeholders;  // text is the suffix; longest first
    std::array<const Route*, method_count> methods{};
    [[nodiscard]] std::uint8_t mask() const noexcept;
  };
  struct Branch {
    std::string text;
    Node node;
  };
  using Params = std::array<std::string_view, 2>;

  void add(const Route& route);
  static Node& child(std::vector<Branch>& branches, std::string_view text);
  static const Node* walk(const Node& node, std::string_view rest, Params& params, std::size_t depth);
  static const Node* walk_literal(const Node& node, std::string_view segment, std::string_view rest, Params& params,
                                  std::size_t depth);
  static const Node* walk_placeholder(const Node& node, std::string_view segment, std::string_view rest, Params& params,
                                      std::size_t depth);
  static void order(Node& node);

  std::vector<Route> routes_;
  Node root_;
  boost::unordered_flat_map<std::string_view, const Node*> whole_;  // patterns without placeholders: found at once
};

/// The methods of a mask as an Allow header's value: "GET, HEAD".
[[nodiscard]] std::string allow(std::uint8_t methods);

}  // namespace touchstone::http
