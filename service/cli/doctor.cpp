#include "service/cli/doctor.hpp"

#include <chrono>

#include <fmt/format.h>

#include "service/cli/exit_code.hpp"
#include "service/cli/findings_text.hpp"
#include "service/cli/terminal.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/examine.hpp"

namespace touchstone::cli {

int run_doctor(const DoctorOptions& options) {
  const auto now = std::chrono::floor<Micros>(std::chrono::system_clock::now());
  const auto findings = storage::examine(options.data, now);
  if (options.json)
    fmt::print("{}", codec::pretty_json(findings_json(findings)));
  else
    fmt::print("{}", findings_text(findings, terminal_of(stdout)));
  return healthy(findings) ? exit_ok : exit_check_failed;
}

}  // namespace touchstone::cli
