#include "service/cli/preview.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

std::string body_of(const PreviewOptions& options) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("experiment").text(options.experiment).key("variant").text(options.variant);
  out.key("expires_in").text(options.lifetime);
  if (!options.page.empty()) out.key("page").text(options.page);
  out.end_object();
  return text;
}

}  // namespace

int run_preview(const PreviewOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto answer = client->post("/v1/preview-links", body_of(options));
  if (!answer) return complain(answer.error());
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return complain(read.error());
  const auto shown = document.root().find(options.page.empty() ? "token" : "link");
  fmt::print("{}\n", shown ? shown->text().value_or("") : "");
  return exit_ok;
}

}  // namespace touchstone::cli
