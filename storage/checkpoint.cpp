#include "storage/checkpoint.hpp"

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/listing.hpp"
#include "storage/segment.hpp"
#include "storage/segment/byte_reader.hpp"
#include "storage/segment/byte_writer.hpp"

namespace touchstone::storage {
namespace {

constexpr std::string_view kPrefix = "checkpoint-";
/// Its last sign is the version of what pieces hold: raised whenever a view keeps other things of an event than before.
constexpr std::string_view kForm = "TSCHECK2";
constexpr std::size_t kHead = 4 + 4 + 8 + EventSet::kBytes;
constexpr std::uint32_t kLargest = 64U << 20U;

struct Piece {
  Checkpoint::Cover cover;
  std::string body;
  std::uint64_t end = 0;  ///< its last byte's follower
};

/// Reads pieces until one is cut or damaged.
class PieceReader {
 public:
  explicit PieceReader(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    std::string form(kForm.size(), '\0');
    sound_ = file_.read(form.data(), static_cast<std::streamsize>(form.size())) && form == kForm;
    end_ = kForm.size();
  }

  std::optional<Piece> next() {
    std::string head(kHead, '\0');
    if (!sound_ || !file_.read(head.data(), static_cast<std::streamsize>(head.size()))) return std::nullopt;
    segment::ByteReader bytes(head);
    const auto size = bytes.fixed<std::uint32_t>();
    const auto checksum = bytes.fixed<std::uint32_t>();
    Piece piece;
    piece.cover.seq = bytes.fixed<std::uint64_t>();
    piece.cover.events = EventSet::of(bytes.text(EventSet::kBytes));
    if (size > kLargest) return std::nullopt;
    std::string checked = head.substr(8);
    checked.resize(checked.size() + size);
    if (!file_.read(checked.data() + kHead - 8, size) || segment_checksum(checked) != checksum) return std::nullopt;
    piece.body = checked.substr(kHead - 8);
    piece.end = end_ += kHead + size;
    return piece;
  }

 private:
  std::ifstream file_;
  std::uint64_t end_ = 0;
  bool sound_ = false;
};

std::string framed(std::string_view piece, const Checkpoint::Cover& cover) {
  segment::ByteWriter checked;
  checked.fixed(cover.seq);
  checked.text(cover.events.bytes());
  checked.text(piece);
  segment::ByteWriter frame;
  frame.reserve(kHead + piece.size());
  frame.fixed(static_cast<std::uint32_t>(piece.size()));
  frame.fixed(segment_checksum(checked.view()));
  frame.text(checked.view());
  return frame.take();
}

}  // namespace

Checkpoint::Checkpoint(const std::filesystem::path& directory, std::uint32_t environment)
    : path_(file_of(directory, environment)) {
  PieceReader pieces(path_);
  while (const auto piece = pieces.next()) {
    if (piece->cover.seq == 0) continue;
    covered_ = piece->cover;
    end_ = piece->end;
  }
}

Checkpoint::~Checkpoint() { close(); }

bool Checkpoint::read(const std::function<bool(std::string_view piece)>& take) const {
  PieceReader pieces(path_);
  for (std::uint64_t at = 0; at < end_;) {
    const auto piece = pieces.next();
    if (!piece || !take(piece->body)) return false;
    at = piece->end;
  }
  return true;
}

bool Checkpoint::add(std::string_view piece, const Cover& cover) {
  if (given_up_ || !open()) return false;
  if (append(framed(piece, cover))) {
    if (cover.seq > 0) covered_ = cover;
    return true;
  }
  restart();
  given_up_ = true;
  return false;
}

void Checkpoint::restart() noexcept {
  close();
  unlink(path_.c_str());
  covered_ = {};
  end_ = 0;
  given_up_ = false;
}

/// From the end of what counts on; what follows it was cut off by a kill.
bool Checkpoint::open() noexcept {
  if (file_ >= 0) return true;
  file_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | (end_ > 0 ? 0 : O_CREAT), S_IRUSR | S_IWUSR);
  if (file_ < 0 || ftruncate(file_, static_cast<off_t>(end_)) != 0) return false;
  return end_ > 0 || append(kForm);
}

void Checkpoint::close() noexcept {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

bool Checkpoint::append(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(end_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    end_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Status Checkpoint::remove_all(const std::filesystem::path& directory) {
  for (const std::string& name : names_in(directory)) {
    if (!name.starts_with(kPrefix)) continue;
    const auto file = directory / name;
    if (unlink(file.c_str()) != 0 && errno != ENOENT)
      return Error{ErrorCode::unavailable,
                   fmt::format("{}: {}", file.string(), std::generic_category().message(errno)),
                   {},
                   "It holds ids of units that are to be forgotten: let it be removed."};
  }
  return ok();
}

std::filesystem::path Checkpoint::file_of(const std::filesystem::path& directory, std::uint32_t environment) {
  return directory / fmt::format("{}{}", kPrefix, environment);
}

}  // namespace touchstone::storage
