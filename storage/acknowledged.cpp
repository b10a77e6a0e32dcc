#include "storage/acknowledged.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/journal_files.hpp"
#include "storage/segment.hpp"

namespace touchstone::storage {
namespace {

constexpr std::string_view kForm = "event {:020} change {:020}";
constexpr std::size_t kBody = 6 + 20 + 8 + 20;
constexpr std::size_t kSize = kBody + 1 + 8 + 1;  // a checksum, and the line's end

std::optional<std::uint64_t> number_at(std::string_view text, std::size_t place) {
  std::uint64_t number = 0;
  const auto* const begin = text.data() + place;
  const auto read = std::from_chars(begin, begin + 20, number);
  return read.ec == std::errc{} && read.ptr == begin + 20 ? std::optional(number) : std::nullopt;
}

Error lost(const std::filesystem::path& directory, const std::string& file, std::string_view things, std::uint64_t has,
           std::uint64_t had) {
  return {ErrorCode::invalid,
          fmt::format("{} has lost its end: {} up to {} were acknowledged, and it holds them up to {}", file, things,
                      had, has),
          {},
          fmt::format("Its -wal file was damaged, cut or removed, or an older copy was put in its place. Restore a "
                      "backup; to go on without what is lost, remove {}.",
                      Acknowledged::file_of(directory).string())};
}

/// The month that was written last.
std::string newest_journal(const std::filesystem::path& directory) {
  const auto files = journal_files(directory);
  return files.empty() ? std::string("the journal") : files.back().filename().string();
}

}  // namespace

Acknowledged::Acknowledged(const std::filesystem::path& directory) noexcept
    : file_(::open(file_of(directory).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}

Acknowledged::~Acknowledged() {
  if (file_ >= 0) close(file_);
}

void Acknowledged::note(const Numbers& numbers) noexcept {
  std::array<char, kSize + 1> line{};
  auto* const end = fmt::format_to_n(line.data(), kBody, fmt::runtime(kForm), numbers.event, numbers.change).out;
  const auto checksum = segment_checksum({line.data(), kBody});
  fmt::format_to_n(end, kSize - kBody, " {:08x}\n", checksum);
  const ssize_t written = pwrite(file_, line.data(), kSize, 0);
  static_cast<void>(written);  // the next one may succeed, and an older number is no lie
}

std::filesystem::path Acknowledged::file_of(const std::filesystem::path& directory) {
  return directory / "acknowledged";
}

std::optional<Acknowledged::Numbers> Acknowledged::in(const std::filesystem::path& directory) {
  std::ifstream file(file_of(directory), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.size() != kSize) return std::nullopt;
  const auto event = number_at(text, 6);
  const auto change = number_at(text, kBody - 20);
  const auto checksum = fmt::format(" {:08x}\n", segment_checksum(std::string_view(text).substr(0, kBody)));
  if (!event || !change || !text.ends_with(checksum)) return std::nullopt;
  return Numbers{*event, *change};
}

Status Acknowledged::check(const std::filesystem::path& directory, const std::optional<Numbers>& promised,
                           const Numbers& found) {
  if (promised && promised->event > found.event)
    return lost(directory, newest_journal(directory), "events", found.event, promised->event);
  if (promised && promised->change > found.change)
    return lost(directory, "catalogue.db", "changes", found.change, promised->change);
  return ok();
}

}  // namespace touchstone::storage
