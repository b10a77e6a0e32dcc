#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace touchstone::sdk {

/// A configuration as the server sent it.
struct Fetched {
  std::string etag;
  std::string document;

  friend bool operator==(const Fetched&, const Fetched&) = default;
};

/// The last configuration on disk, replaced as a whole. It is sealed with the API key for one server's address: what
/// was cut short, changed, or written for another server or key reads as nothing.
class CacheFile {
 public:
  /// An empty path keeps nothing.
  CacheFile(std::filesystem::path path, std::string_view address, std::string_view key);

  [[nodiscard]] std::optional<Fetched> read() const;
  /// False where the disk refuses; the previous content stays.
  bool write(const Fetched& fetched) const;

 private:
  [[nodiscard]] std::string seal(const Fetched& fetched) const;

  std::filesystem::path path_;
  std::string address_;
  std::string secret_;
};

}  // namespace touchstone::sdk
