#include "service/app/schedule.hpp"

#include "service/codec/time_text.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;
using storage::ExperimentState;

Error bad(ErrorCode code, std::string_view member, std::string message, std::string hint) {
  return {code, std::move(message), "/schedule/" + std::string(member), std::move(hint)};
}

Status check_future(std::string_view member, Time at, Time now) {
  if (at > now) return ok();
  return bad(ErrorCode::invalid, member, "the instant has passed", "It is " + codec::time_text(now) + " here.");
}

Status check_start(const Experiment& wanted, Time now) {
  if (wanted.state != ExperimentState::draft)
    return bad(ErrorCode::conflict, "start", "it has started before", "Leave the start out.");
  return check_future("start", *wanted.schedule.start, now);
}

Status check_stop(const Experiment& wanted, Time now) {
  if (wanted.state == ExperimentState::stopped || wanted.state == ExperimentState::archived)
    return bad(ErrorCode::conflict, "stop", "it has ended", "Leave the end out.");
  return check_future("stop", *wanted.schedule.stop, now);
}

}  // namespace

Status check_schedule(const Experiment& wanted, const storage::Schedule& before, Time now) {
  const auto& [start, stop, missed] = wanted.schedule;
  if (start && start != before.start)
    if (auto fine = check_start(wanted, now); !fine) return fine;
  if (stop && stop != before.stop)
    if (auto fine = check_stop(wanted, now); !fine) return fine;
  if (start && stop && *stop <= *start)
    return bad(ErrorCode::invalid, "stop", "the end is not after the start", "Give a later end or an earlier start.");
  return ok();
}

Result<storage::Schedule> schedule_after(const storage::Schedule& schedule, Move move, Time at) {
  switch (move) {
    case Move::start:
      if (schedule.stop && *schedule.stop <= at)
        return bad(ErrorCode::conflict, "stop",
                   "its scheduled end, " + codec::time_text(*schedule.stop) + ", has passed",
                   "Give a later end, or none.");
      return storage::Schedule{{}, schedule.stop, {}};
    case Move::pause:
    case Move::resume:
      return schedule;
    case Move::stop:
    case Move::archive:
      return storage::Schedule{};
  }
  return schedule;
}

std::optional<Due> next_due(const Experiment& experiment) noexcept {
  const auto& schedule = experiment.schedule;
  if (experiment.state == ExperimentState::draft && schedule.start) return Due{*schedule.start, Move::start};
  if (holds_slots(experiment) && schedule.stop) return Due{*schedule.stop, Move::stop};
  return std::nullopt;
}

}  // namespace touchstone::app
