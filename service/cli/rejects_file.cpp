#include "service/cli/rejects_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "service/codec/csv.hpp"

namespace touchstone::cli {
namespace {

std::size_t fields_in(std::string_view header) {
  codec::CsvRecord record;
  return record.split(header) ? record.fields().size() : 1;
}

}  // namespace

RejectsFile::RejectsFile(std::string path, std::string_view header, std::uint64_t keep)
    : path_(std::move(path)), header_(header), bytes_(keep) {
  if (!header_.empty()) columns_ = fields_in(header_);
  std::error_code ignored;
  if (keep == 0) {
    std::filesystem::remove(path_, ignored);
  } else if (std::filesystem::exists(path_)) {
    std::filesystem::resize_file(path_, keep, ignored);
  } else {
    bytes_ = 0;
  }
}

void RejectsFile::add(std::uint64_t row, std::string_view record, bool whole, const Error& error) {
  if (!file_.is_open()) file_.open(path_, std::ios::binary | std::ios::app);
  std::string text;
  if (bytes_ == 0)
    text = fmt::format("{},rejected_row,rejected_reason,rejected_hint\n", header_.empty() ? "line" : header_);
  if (whole && !header_.empty()) {
    text.append(record);
  } else {
    codec::append_csv(text, record);
    text.append(columns_ - 1, ',');
  }
  text.append(fmt::format(",{},", row));
  codec::append_csv(text,
                    error.pointer.empty() || !header_.empty() ? error.message : error.pointer + ": " + error.message);
  codec::append_csv(text.append(","), error.hint);
  text.append("\n");
  bytes_ += text.size();
  file_ << text;
}

Result<std::uint64_t> RejectsFile::flush() {
  if (!file_.is_open() || file_.flush()) return bytes_;
  return Error{ErrorCode::unavailable, path_ + " cannot be written", "",
               "check the directory, its permissions and the space left, or name another with --rejects"};
}

}  // namespace touchstone::cli
