#include "storage/listing.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

#include <dirent.h>

namespace touchstone::storage {
namespace {

struct Close {
  void operator()(DIR* listing) const noexcept { closedir(listing); }
};

}  // namespace

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  // libstdc++ 12 ends the program where there is no memory for a std::filesystem::directory_iterator.
  const std::unique_ptr<DIR, Close> listing(opendir(folder.c_str()));
  if (!listing && errno == ENOENT) return {};
  if (!listing) throw std::system_error(errno, std::generic_category(), folder.string());
  std::vector<std::string> names;
  while (const dirent* entry = readdir(listing.get())) {  // NOLINT(concurrency-mt-unsafe): the listing is its own
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace touchstone::storage
