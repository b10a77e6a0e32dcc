#include "service/cli/backup.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/backup.hpp"

namespace touchstone::cli {
namespace {

/// The process that serves may stand in another folder.
std::string body_of(const BackupOptions& options) {
  std::string body;
  codec::JsonWriter(body)
      .begin_object()
      .key("target")
      .text(std::filesystem::absolute(options.target).string())
      .end_object();
  return body;
}

std::uint64_t number_in(codec::JsonView answer, std::string_view name) {
  const auto member = answer.find(name);
  return member ? member->natural().value_or(0) : 0;
}

std::string mib(std::uint64_t bytes) { return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1U << 20U)); }

}  // namespace

int run_backup(const BackupOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto answer = client->post("/local/backups", body_of(options));
  if (!answer) return complain(answer.error());
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return complain(read.error());
  const auto made = document.root();
  fmt::print("{}: {} files, {}, every event up to number {}; read again and found sound\n", options.target,
             number_in(made, "files"), mib(number_in(made, "bytes")), number_in(made, "last_seq"));
  return exit_ok;
}

int run_restore(const RestoreOptions& options) {
  const auto now = std::chrono::floor<Micros>(std::chrono::system_clock::now());
  const auto made = storage::restore(options.backup, options.data, now);
  if (!made) return complain(made.error());
  fmt::print("{}: {} files, {}, every event up to number {}; checked\n  touchstone serve --data {}\n", options.data,
             made->files, mib(made->bytes), made->last_seq, options.data);
  return exit_ok;
}

}  // namespace touchstone::cli
