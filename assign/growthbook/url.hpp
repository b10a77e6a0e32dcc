#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/json.hpp"

namespace touchstone::assign::growthbook {

/// What GrowthBook's SDKs read in the address of the page.

/// An address in its parts, each as it is written there.
struct Url {
  std::string origin;                                      ///< scheme and host
  std::string host;                                        ///< with its port
  std::string path;                                        ///< starts with a slash
  std::string fragment;                                    ///< with its hash sign, or empty
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded

  /// The first value of a name; empty where there is none.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// `text` may leave out the scheme and the host.
[[nodiscard]] Url parse_url(std::string_view text);
/// The address as text, its query encoded as forms are.
[[nodiscard]] std::string to_text(const Url& url);

/// The variation that `?KEY=NUMBER` forces, when there is one of that number.
[[nodiscard]] std::optional<std::int64_t> query_override(std::string_view key, std::string_view url,
                                                         std::int64_t variations);

/// `targets` is a list of {include, type: simple or regex, pattern}: one that includes must match, none that excludes.
[[nodiscard]] bool is_targeted(std::string_view url, const Json& targets);

/// The older targeting: the pattern is found in the address or in its path.
[[nodiscard]] bool url_matches(std::string_view url, const std::string& pattern);

/// `target` with the parameters of `current` that it does not have itself.
[[nodiscard]] std::string with_query_of(std::string_view current, std::string_view target);

}  // namespace touchstone::assign::growthbook
