#include "storage/moment.hpp"

#include "storage/directory.hpp"
#include "storage/journal_files.hpp"
#include "storage/sql_text.hpp"

namespace touchstone::storage {

Moment::Moment(const std::filesystem::path& directory) {
  auto paths = journal_files(directory);
  paths.insert(paths.begin(), Directory::catalogue_of(directory));
  for (const auto& path : paths) files_.emplace_back(path, sqlite::Access::read).run(sql::connection::hold);
}

std::vector<std::filesystem::path> Moment::copy_to(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> copies;
  for (sqlite::Handle& file : files_) {
    copies.push_back(folder / file.file().filename());
    file.copy_to(copies.back());
  }
  return copies;
}

}  // namespace touchstone::storage
