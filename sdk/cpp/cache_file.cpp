#include "sdk/cpp/cache_file.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace touchstone::sdk {
namespace {

constexpr std::string_view kind = "touchstone-configuration 1";
constexpr std::size_t hash_size = crypto_generichash_BYTES;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string hash_of(std::string_view text, std::string_view key) {
  std::array<unsigned char, hash_size> hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(text), text.size(), key.empty() ? nullptr : bytes_of(key),
                     key.size());
  std::array<char, 2 * hash_size + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool write_whole(const std::filesystem::path& path, std::string_view content) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  while (!content.empty()) {
    const auto written = write(file, content.data(), content.size());
    if (written <= 0) break;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = content.empty() && fsync(file) == 0;
  return close(file) == 0 && synced;
}

}  // namespace

CacheFile::CacheFile(std::filesystem::path path, std::string_view address, std::string_view key)
    : path_(std::move(path)), address_(address), secret_(hash_of(key, "")) {}

std::string CacheFile::seal(const Fetched& fetched) const {
  return hash_of(address_ + '\n' + fetched.etag + '\n' + fetched.document, secret_);
}

std::optional<Fetched> CacheFile::read() const {
  std::ifstream file(path_, std::ios::binary);
  std::string first;
  std::string sealed;
  Fetched fetched;
  if (!std::getline(file, first) || first != kind || !std::getline(file, sealed) || !std::getline(file, fetched.etag))
    return std::nullopt;
  fetched.document.assign(std::istreambuf_iterator<char>(file), {});
  if (sealed != seal(fetched)) return std::nullopt;
  return fetched;
}

bool CacheFile::write(const Fetched& fetched) const {
  if (path_.empty()) return true;
  auto beside = path_;
  beside += ".new-" + std::to_string(getpid());
  std::string content(kind);
  content.append("\n").append(seal(fetched)).append("\n").append(fetched.etag).append("\n").append(fetched.document);
  std::error_code failed;
  if (write_whole(beside, content)) {
    std::filesystem::rename(beside, path_, failed);
    if (!failed) return true;
  }
  std::filesystem::remove(beside, failed);
  return false;
}

}  // namespace touchstone::sdk
