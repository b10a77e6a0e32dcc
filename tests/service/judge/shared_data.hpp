#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace touchstone::judge {

/// The folder of a data set; empty where shared data is not at hand.
[[nodiscard]] std::filesystem::path data_set(const std::string& name);

/// The inflated content of a gzip file.
[[nodiscard]] std::string inflated(const std::filesystem::path& file);

/// The data set's independently computed figures.
[[nodiscard]] nlohmann::json expected(const std::filesystem::path& data_set);

/// Lines without their ends, CR included.
[[nodiscard]] std::vector<std::string_view> lines(std::string_view text);

/// The fields of a line without quoting.
[[nodiscard]] std::vector<std::string_view> fields(std::string_view line);

}  // namespace touchstone::judge
