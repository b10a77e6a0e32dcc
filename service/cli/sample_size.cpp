#include "service/cli/sample_size.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/sample_question.hpp"
#include "service/cli/sample_size_text.hpp"
#include "service/codec/sizing_json.hpp"

namespace touchstone::cli {
namespace {

/// Without an experiment nothing is asked of a service.
Result<std::string> answer_to(const SampleSizeOptions& options, const std::string& question) {
  if (!options.experiment.empty()) {
    auto client = OperatorClient::open(options.data);
    if (!client) return client.error();
    return client->post("/v1/sample-size", question);
  }
  const auto request = codec::read_size_request(question);
  if (!request) return request.error();
  const auto sized = judge::size_up(*request);
  if (!sized) return sized.error();
  return codec::write_sized(*request, *sized);
}

}  // namespace

int run_sample_size(const SampleSizeOptions& options) {
  const auto asked = sample_question(options);
  if (!asked) return complain(asked.error());
  const auto answer = answer_to(options, *asked);
  if (!answer) return complain(answer.error());
  if (options.json) {
    fmt::print("{}\n", *answer);
    return exit_ok;
  }
  const auto text = sample_size_text(*answer);
  if (!text) return complain(text.error());
  fmt::print("{}", *text);
  return exit_ok;
}

}  // namespace touchstone::cli
