#include "service/cli/report.hpp"

#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/terminal.hpp"

namespace touchstone::cli {
namespace {

std::string target_of(const ReportOptions& options) {
  if (options.json) return "/v1/experiments/" + options.experiment + "/report";
  const auto terminal = terminal_of(stdout);
  return fmt::format("/local/reports/{}?width={}&colour={}", options.experiment, terminal.width,
                     terminal.colour ? 1 : 0);
}

}  // namespace

int run_report(const ReportOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto answer = client->get(target_of(options));
  if (!answer) return complain(answer.error());
  fmt::print("{}{}", *answer, options.json ? "\n" : "");
  return exit_ok;
}

}  // namespace touchstone::cli
