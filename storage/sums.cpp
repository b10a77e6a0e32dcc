#include "storage/sums.hpp"

#include <array>
#include <fstream>
#include <string>

#include <sodium.h>

namespace touchstone::storage {
namespace {

constexpr std::size_t kDigest = 64;
constexpr std::size_t kChunk = 1U << 20U;

Error unreadable(const std::filesystem::path& file) {
  return {ErrorCode::internal, file.string() + " cannot be read", {}, "Take another backup."};
}

Result<std::string> sum_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable(file);
  crypto_generichash_state state{};
  crypto_generichash_init(&state, nullptr, 0, kDigest);
  std::string chunk(kChunk, '\0');
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(chunk.data()),
                              static_cast<unsigned long long>(in.gcount()));
  }
  if (in.bad()) return unreadable(file);
  std::array<unsigned char, kDigest> digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::array<char, 2 * kDigest + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string(hex.data());
}

}  // namespace

std::filesystem::path sums_of(const std::filesystem::path& folder) { return folder / "B2SUMS.txt"; }

Status write_sums(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files) {
  std::ofstream out(sums_of(folder), std::ios::binary);
  for (const auto& file : files) {
    const auto sum = sum_of(file);
    if (!sum) return sum.error();
    out << *sum << "  " << file.filename().string() << '\n';
  }
  out.close();
  return out ? ok() : Status(Error{ErrorCode::unavailable, sums_of(folder).string() + " cannot be written", {}, {}});
}

Result<std::vector<std::filesystem::path>> check_sums(const std::filesystem::path& folder) {
  std::ifstream in(sums_of(folder), std::ios::binary);
  if (!in)
    return Error{ErrorCode::not_found,
                 folder.string() + " is no backup: it has no B2SUMS.txt",
                 {},
                 "Name a directory that `touchstone backup` made."};
  std::vector<std::filesystem::path> files;
  for (std::string line; std::getline(in, line);) {
    const auto gap = line.find("  ");
    if (gap != 2 * kDigest) return unreadable(sums_of(folder));
    // Only the name: a list may not lead out of its folder.
    const auto file = folder / std::filesystem::path(line.substr(gap + 2)).filename();
    const auto sum = sum_of(file);
    if (!sum) return sum.error();
    if (*sum != line.substr(0, gap))
      return Error{ErrorCode::internal, file.string() + " is not what was backed up", {}, "Take another backup."};
    files.push_back(file);
  }
  return files;
}

}  // namespace touchstone::storage
