#pragma once

#include <cstdint>
#include <string>

#include "service/api/live_board.hpp"
#include "service/app/reports.hpp"
#include "service/app/service.hpp"

namespace touchstone::api {

/// What GET /v1/experiments/{key}/live says of an experiment: schema LiveState. Errors: those of make_report().
[[nodiscard]] Result<LiveState> live_state(app::Service& service, std::uint32_t environment,
                                           const std::string& experiment, const judge::TellStage& tell);

/// What a board of experiments as they were is asked for.
struct Past {
  std::string experiment;
  app::ReportTerms terms;
};
[[nodiscard]] std::string name_of(const Past& past);

/// The state as it was, which nothing follows; `asked` is the name of a Past. What cannot be made says why: event
/// problem.
[[nodiscard]] LiveState past_state(app::Service& service, std::uint32_t environment, const std::string& asked,
                                   const judge::TellStage& tell);

/// See LiveBoard::Version.
[[nodiscard]] LiveBoard::Version live_version(app::Service& service, std::uint32_t environment);

}  // namespace touchstone::api
