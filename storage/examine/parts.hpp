#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/examine.hpp"

/// The parts of an examination, each for one kind of thing. Shared by its own sources alone.
namespace touchstone::storage::examination {

using Findings = std::vector<Finding>;

[[nodiscard]] Finding fine(std::string subject, std::string text);
[[nodiscard]] Finding note(std::string subject, std::string text, std::string advice);
[[nodiscard]] Finding problem(std::string subject, std::string text, std::string advice);
/// `well` where the status is ok, else a problem with the error's words and hint, or `advice` where it has none.
[[nodiscard]] Finding told(std::string subject, const Status& status, std::string well, std::string_view advice);

/// The folder itself, who holds it, who may read it, its space, what lies in it.
void examine_folder(const std::filesystem::path& directory, Findings& findings);
/// catalogue.db. False where it cannot be read at all.
bool examine_catalogue(const std::filesystem::path& directory, Findings& findings);
/// journal-YYYY-MM.db, one by one and together.
void examine_journal(const std::filesystem::path& directory, Time now, Findings& findings);
/// Whether what was acknowledged last is there.
void examine_acknowledged(const std::filesystem::path& directory, Findings& findings);
/// Copies of former schemas.
void examine_copies(const std::filesystem::path& directory, Findings& findings);

/// A copy of a former schema: its pages.
[[nodiscard]] Finding examine_copy(const std::filesystem::path& file, const std::string& name);

/// Schema and pages of one database. False where nothing further can be asked of it.
bool examine_database(const std::filesystem::path& file, int newest_schema, Findings& findings);

}  // namespace touchstone::storage::examination
