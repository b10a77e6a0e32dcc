#include "service/cli/report.hpp"

#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/terminal.hpp"

namespace touchstone::cli {
namespace {

/// The times of a query, after what it begins with.
std::string with_terms(std::string target, const ReportOptions& options) {
  for (const auto& [name, time] : {std::pair{"as_of", &options.as_of}, std::pair{"until", &options.until}}) {
    if (time->empty()) continue;
    target += target.find('?') == std::string::npos ? '?' : '&';
    target.append(name).append("=");
    for (const char c : *time) c == '+' ? target.append("%2B") : c == ' ' ? target.append("%20") : target.append(1, c);
  }
  return target;
}

std::string target_of(const ReportOptions& options) {
  if (options.json) return "/v1/experiments/" + options.experiment + "/report";
  const auto local = "/local/reports/" + options.experiment;
  const auto truth = options.truth ? 1 : 0;
  if (!options.html.empty()) return fmt::format("{}?form=html&truth={}", local, truth);
  if (options.csv) return local + "?form=csv";
  if (options.markdown) return local + "?form=md";
  const auto terminal = terminal_of(stdout);
  return fmt::format("{}?width={}&colour={}&truth={}", local, terminal.width, terminal.colour ? 1 : 0, truth);
}

Status write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return ok();
  return Error{ErrorCode::unavailable, "cannot write " + path, "", "Name a file in a folder that can be written to."};
}

}  // namespace

int run_report(const ReportOptions& options) {
  auto client = OperatorClient::open(options.data);
  if (!client) return complain(client.error());
  const auto answer = client->get(with_terms(target_of(options), options));
  if (!answer) return complain(answer.error());
  if (!options.html.empty()) {
    const auto written = write_file(options.html, *answer);
    return written.ok() ? static_cast<int>(exit_ok) : complain(written.error());
  }
  fmt::print("{}{}", *answer, options.json ? "\n" : "");
  return exit_ok;
}

}  // namespace touchstone::cli
