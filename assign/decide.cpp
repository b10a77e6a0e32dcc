#include "assign/decide.hpp"

#include "assign/tables.hpp"
#include "assign/walk.hpp"

// The walk in one piece: calls within it would cost a seventh of its time. Not where a sanitizer watches every access,
// for which the compiler would then take minutes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TOUCHSTONE_IN_ONE_PIECE
#else
#define TOUCHSTONE_IN_ONE_PIECE [[gnu::flatten]]
#endif

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

TOUCHSTONE_IN_ONE_PIECE Decision decide(const Snapshot& snapshot, FlagId flag, const Subject& subject) noexcept {
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
