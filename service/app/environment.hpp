#pragma once

#include <cstdint>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/environment_json.hpp"

/// What people set of an environment: time zone, currency, population. Documents and digests do not depend on it.
namespace touchstone::app {

inline constexpr std::string_view kEnvironmentWord = "environment";

/// As it is, and as it was under a version of the configuration. Errors: unavailable, internal.
[[nodiscard]] Result<codec::EnvironmentSettings> environment_settings(const Service& service,
                                                                      std::uint32_t environment);
[[nodiscard]] Result<codec::EnvironmentSettings> environment_settings(const Service& service, std::uint32_t environment,
                                                                      std::uint64_t config_version);

/// `wanted` is a copy of the present settings with other content. Gives them as they will be.
[[nodiscard]] codec::EnvironmentSettings change_environment(Revision& revision, codec::EnvironmentSettings wanted);

}  // namespace touchstone::app
