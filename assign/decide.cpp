#include "assign/decide.hpp"

#include "assign/tables.hpp"
#include "assign/walk.hpp"

namespace touchstone::assign {
namespace {

Decision unknown_key(std::string_view flag) {
  Decision decision;
  decision.flag = flag;
  decision.reason = Reason::error;
  decision.cause = Cause::unknown;
  decision.problem = Problem::flag_not_found;
  return decision;
}

}  // namespace

Decision decide(const Snapshot& snapshot, std::string_view flag, const Subject& subject) noexcept {
  const auto id = snapshot.flag(flag);
  return id ? decide(snapshot, *id, subject) : unknown_key(flag);
}

/// Flattened: the calls within the walk would cost a seventh of it.
[[gnu::flatten]] Decision decide(const Snapshot& snapshot, FlagId flag, const Subject& subject) noexcept {
  const Tables& tables = snapshot.tables();
  Silent silent;
  return Walk(tables, subject, silent).flag(tables.flags[static_cast<std::uint32_t>(flag)]);
}

Decision decide_experiment(const Snapshot& snapshot, std::string_view key, const Subject& subject) noexcept {
  const auto id = snapshot.experiment(key);
  return id ? decide_experiment(snapshot, *id, subject) : unknown_key({});
}

Decision decide_experiment(const Snapshot& snapshot, ExperimentId experiment, const Subject& subject) noexcept {
  Silent silent;
  return Walk(snapshot.tables(), subject, silent).experiment(static_cast<std::uint32_t>(experiment));
}

}  // namespace touchstone::assign
