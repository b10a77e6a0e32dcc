#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/view_json.hpp"

/// Filters of lists that people keep under a name.
namespace touchstone::app {

inline constexpr std::size_t kMostViews = 200;  ///< of an environment

/// Those that everybody shares, and this person's own; by name.
[[nodiscard]] Result<std::vector<codec::View>> views(const Service& service, std::uint32_t environment,
                                                     std::string_view person);

/// Makes it, or changes it: one's own, or one that is shared. Errors: conflict where another person has the key for a
/// view of their own, or there are too many.
[[nodiscard]] Result<codec::View> put_view(const Service& service, std::uint32_t environment, Revision& revision,
                                           codec::View view);

/// Error not_found, also of another person's own.
[[nodiscard]] Status delete_view(const Service& service, std::uint32_t environment, Revision& revision,
                                 std::string_view key, std::string_view person);

}  // namespace touchstone::app
