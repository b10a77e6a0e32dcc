#pragma once

#include <cstdint>
#include <string>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "storage/time.hpp"

namespace touchstone::app {

/// Who wants to look at which variant, and for how long.
struct WantedPreview {
  std::string experiment;
  std::string variant;
  Micros lifetime = std::chrono::hours(24);
};

inline constexpr Micros kLongestPreview = std::chrono::hours(24 * 30);

struct MadePreview {
  std::string token;
  Time expires{};
};

/// Signs leave to look at a variant of a running experiment. Nothing is stored: a token ends by expiring, or with its
/// experiment. Errors: not_found, conflict (the experiment does not run), invalid (no such variant, a lifetime that is
/// not within a second and 30 days); pointers /experiment, /variant, /expires_in.
[[nodiscard]] Result<MadePreview> make_preview(const Service& service, std::uint32_t environment,
                                               const WantedPreview& wanted);

}  // namespace touchstone::app
