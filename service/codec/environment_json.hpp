#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::codec {

inline constexpr std::uint64_t kMostPeople = 100'000'000'000;  ///< a month

/// What people set of an environment: how its reports tell days, money and months.
struct EnvironmentSettings {
  std::string project;
  std::string key;
  std::uint32_t version = 0;                ///< 0: nobody has set anything yet
  std::string time_zone = "UTC";            ///< IANA name
  std::optional<std::string> currency;      ///< ISO 4217: of metrics whose unit it is, or "money"
  std::optional<std::uint64_t> population;  ///< people a month that a change would reach; absent: those who enter
};

/// `{"time_zone"?, "currency"?, "population"?}`; null empties the last two, what is missing stays as it is. project,
/// key and version may be repeated.
[[nodiscard]] Result<EnvironmentSettings> read_environment_change(std::string_view json,
                                                                  const EnvironmentSettings& current);
/// `{"project", "key", "version", "time_zone", "currency", "population"}`
[[nodiscard]] std::string write_environment(const EnvironmentSettings& settings);
[[nodiscard]] Result<EnvironmentSettings> read_stored_environment(std::string_view json);

}  // namespace touchstone::codec
