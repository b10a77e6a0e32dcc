#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/share_json.hpp"

/// Links to one report for whoever has no key. A link is a secret: only its digest is stored, so nobody can show it
/// again.
namespace touchstone::app {

inline constexpr Micros kUsualShare = std::chrono::hours(24 * 7);
inline constexpr Micros kLongestShare = std::chrono::hours(24 * 90);

struct NewShare {
  codec::ShareLink link;
  std::string token;
};

/// In `revision`, to be stored with it and who made it. Errors: not_found; invalid for a lifetime that is not within a
/// second and 90 days, at /expires_in.
[[nodiscard]] Result<NewShare> share_report(Revision& revision, std::string_view experiment,
                                            std::optional<Micros> lifetime, std::string by);

/// Those of an experiment that work, the one that expires first in front. Errors: not_found.
[[nodiscard]] Result<std::vector<codec::ShareLink>> share_links(const Service& service, std::uint32_t environment,
                                                                std::string_view experiment);

/// It works no more as soon as the revision is stored. Errors: not_found, also where it was taken back or has expired.
[[nodiscard]] Status take_back(const Service& service, std::uint32_t environment, Revision& revision,
                               std::string_view id);

struct SharedReport {
  std::uint32_t environment = 0;
  std::string experiment;
};
/// What a token lets read. Error not_found: unknown, expired or taken back, which it does not tell apart.
[[nodiscard]] Result<SharedReport> find_shared(const Service& service, std::string_view token);

}  // namespace touchstone::app
