#include "service/cli/ingest_state.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "service/cli/line_reader.hpp"
#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

constexpr std::uint64_t format = 1;
constexpr codec::Whole any{0, UINT64_MAX};

void read_state(const codec::Field& field, IngestState& state) {
  codec::ObjectReader in(field);
  std::uint64_t written = 0;
  in.required("format", written, codec::Whole{format, format});
  in.required("rows", state.rows, any);
  in.required("digest", state.digest, codec::Text{128});
  in.required("from", state.from, any);
  in.required("mapping", state.mapping, codec::Text{128});
  in.required("rejected", state.rejected, any);
  in.required("rejects_bytes", state.rejects_bytes, any);
  in.finish();
}

std::string document_of(const IngestState& state) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("format").natural(format).key("rows").natural(state.rows);
  out.key("digest").text(state.digest).key("from").natural(state.from).key("mapping").text(state.mapping);
  out.key("rejected").natural(state.rejected).key("rejects_bytes").natural(state.rejects_bytes).end_object();
  return text.append("\n");
}

}  // namespace

Result<std::optional<IngestState>> read_ingest_state(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::optional<IngestState>();
  const auto text = read_whole(path);
  if (!text) return text.error();
  auto state = codec::read_document(*text, IngestState(), read_state);
  if (state) return std::optional(*std::move(state));
  return Error{ErrorCode::invalid, path + " does not say how far the file has come", "",
               "remove it: what was stored before does not count twice"};
}

Status write_ingest_state(const std::string& path, const IngestState& state) {
  const std::string beside = path + ".new";
  std::ofstream file(beside, std::ios::binary);
  file << document_of(state);
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(beside, path, error);
  if (file && !error) return ok();
  return Error{ErrorCode::unavailable, path + " cannot be written", "",
               "check the directory, its permissions and the space left"};
}

}  // namespace touchstone::cli
