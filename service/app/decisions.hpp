#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/codec/decision_json.hpp"
#include "service/judge/report.hpp"

/// What people decided about an experiment, with or against the report's advice. A decision changes nothing else:
/// shipping and stopping are changes of their own.
namespace touchstone::app {

/// Whether a decision is among those that a verdict leaves open: all but the verdict's own where it is plain (ship,
/// roll_back, keep_running), anything but shipping or rolling back on data that are not to be trusted or not there,
/// anything but shipping to everybody where customers differ or nothing was found, and anything where it is the
/// reader's call.
[[nodiscard]] bool in_line(const codec::DecisionRequest& decision, const judge::Verdict& verdict);

/// The report that a decision is made on, and its headline as people read it.
struct Grounds {
  const judge::Report& report;
  std::string headline;
};

/// The decision as it will be logged, with its grounds; in `revision`, to be stored with it.
/// Errors: not_found; conflict for a draft; invalid (pointers /variant, /reason): no such variant, none named where
/// none is advised, no reason for a decision against the advice.
[[nodiscard]] Result<codec::Decision> decide(const Service& service, std::uint32_t environment, Revision& revision,
                                             codec::DecisionRequest wanted, const Grounds& grounds,
                                             const storage::Actor& by);

/// By age. Errors: not_found where there is no such experiment.
[[nodiscard]] Result<std::vector<codec::Decision>> decisions(const Service& service, std::uint32_t environment,
                                                             std::string_view experiment);

/// By experiment: the variant that people last decided to ship. Not those who decided on something else since.
[[nodiscard]] Result<Keyed<std::string>> last_shipped(const Service& service, std::uint32_t environment);

}  // namespace touchstone::app
