#include "service/cli/link.hpp"

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/json.hpp"

namespace touchstone::cli {

int run_link(const LinkOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto answer = client->post("/v1/setup-links", "");
  if (!answer) return complain(answer.error());
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return complain(read.error());
  const auto path = document.root().find("path");
  fmt::print("{}{}\n", options.address, path ? path->text().value_or("") : "");
  return exit_ok;
}

}  // namespace touchstone::cli
