#include "service/app/preflight.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <variant>

namespace touchstone::app {

namespace {

using judge::CheckLevel;
using storage::Experiment;

// -- exposure

constexpr std::string_view kExternal = "external";

Found told_by_event(const assign::ExposureEvent& event) {
  return {CheckLevel::ok, "ok", "Whoever sends the event \"" + event.event + "\" is exposed.", "", "/exposure"};
}

Found told_by_client() { return {CheckLevel::ok, "ok", "Clients tell of exposures themselves.", "", "/exposure"}; }

/// In bulk where any of its flags is; singly where any of them is, since that one exposes.
fast::WaysAsked ways_asked(const Experiment& experiment, const fast::Asked& asked) {
  fast::WaysAsked all;
  for (const auto& variant : experiment.variants)
    for (const auto& [flag, value] : variant.values) {
      const auto ways = asked.ways(flag);
      all.singly = all.singly || ways.singly;
      all.in_bulk = all.in_bulk || ways.in_bulk;
    }
  return all;
}

Found told_by_evaluations(const fast::WaysAsked& ways) {
  constexpr std::string_view name_an_event =
      "Set exposure to {\"event\": NAME}, an event that customers send where they meet the change, or to \"client\" "
      "where clients report their evaluations; or ask for the flag alone.";
  if (ways.singly) return {CheckLevel::ok, "ok", "Its flag is asked for alone, which exposes.", "", "/exposure"};
  if (ways.in_bulk)
    return {CheckLevel::block, "no_single_evaluation",
            "Its flag is only ever asked for in bulk, and bulk evaluations expose nobody: the report would stay empty.",
            std::string(name_an_event), "/exposure"};
  return {
      CheckLevel::warn, "not_asked", "Nobody has asked for its flag since the service started.",
      "Ask for it once from where it will be used. In bulk, as web SDKs do, exposure must be an event or \"client\".",
      "/exposure"};
}

Found check_exposure(const Experiment& experiment, const PreflightTerms& terms) {
  if (experiment.scheme == kExternal) return told_by_client();
  if (const auto* event = std::get_if<assign::ExposureEvent>(&experiment.exposure)) return told_by_event(*event);
  if (std::holds_alternative<assign::ExposedByClient>(experiment.exposure)) return told_by_client();
  return told_by_evaluations(ways_asked(experiment, terms.asked));
}

// -- all of them

struct Look {
  std::string_view name;
  Found (*look)(const Experiment&, const PreflightTerms&);
};

constexpr std::array kLooks{
    Look{"exposure", check_exposure},
};

Status check_names(std::span<const PreflightCheck> checks, std::span<const std::string> despite) {
  for (std::size_t i = 0; i < despite.size(); ++i)
    if (std::ranges::find(checks, despite[i], &PreflightCheck::name) == checks.end())
      return Error{ErrorCode::invalid, "no pre-flight check has this name", "/despite/" + std::to_string(i),
                   "Name checks of GET /v1/experiments/{key}/preflight."};
  return ok();
}

}  // namespace

std::vector<PreflightCheck> preflight(const Experiment& experiment, const PreflightTerms& terms) {
  std::vector<PreflightCheck> checks;
  for (const auto& [name, look] : kLooks) checks.push_back({name, look(experiment, terms)});
  return checks;
}

CheckLevel level_of(std::span<const PreflightCheck> checks) noexcept {
  auto level = CheckLevel::ok;
  for (const auto& check : checks) level = std::max(level, check.found.level);
  return level;
}

Status may_start(std::span<const PreflightCheck> checks, std::span<const std::string> despite) {
  if (auto known = check_names(checks, despite); !known) return known;
  for (const auto& [name, found] : checks) {
    if (found.level != CheckLevel::block || std::ranges::find(despite, name) != despite.end()) continue;
    return Error{ErrorCode::conflict, found.detail, found.pointer,
                 found.hint + " To start all the same, send \"despite\": [\"" + std::string(name) +
                     "\"] and a reason, which the history keeps."};
  }
  return ok();
}

}  // namespace touchstone::app
