#pragma once

#include <span>
#include <string_view>

/// What npm made of the sources that lie here.
namespace touchstone::console {

struct Asset {
  std::string_view name;  ///< with a digest of the content: nothing else is ever found under it
  std::string_view media;
  std::string_view gzip;  ///< the content
};

/// Script and styles; none where the program was built without npm.
[[nodiscard]] std::span<const Asset> assets() noexcept;

}  // namespace touchstone::console
