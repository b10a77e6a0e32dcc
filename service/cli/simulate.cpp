#include "service/cli/simulate.hpp"

#include <functional>
#include <vector>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/parallel.hpp"
#include "service/cli/progress.hpp"
#include "service/cli/simulated.hpp"
#include "service/cli/simulation_json.hpp"
#include "service/cli/terminal.hpp"

namespace touchstone::cli {
namespace {

using simulate::Change;
using simulate::Random;
using simulate::Repetition;

/// Plays each repetition by a stream of its own, so that the threads make no difference.
class Play {
 public:
  Play(const SimulateOptions& options, const Simulated& simulated)
      : options_(options), simulated_(simulated), progress_(terminal_of(stderr).interactive, all(), progress_bar) {}

  SimulationResult result() {
    SimulationResult made{options_.repetitions, options_.seed, summary(0, Change::none, simulated_.same), {}, 0, {}};
    if (simulated_.change != Change::none) made.changed = summary(1, simulated_.change, simulated_.changed);
    if (options_.looks > 0) made.peeking = peeking();
    made.looks = options_.looks;
    return made;
  }

 private:
  [[nodiscard]] std::uint64_t all() const {
    const int kinds = 1 + (simulated_.change != Change::none ? 1 : 0) + (options_.looks > 0 ? 1 : 0);
    return static_cast<std::uint64_t>(kinds) * options_.repetitions;
  }

  [[nodiscard]] Random random(std::size_t repetition, unsigned kind) const {
    return {options_.seed, 2 * static_cast<std::uint64_t>(repetition) + kind};
  }

  void each(const std::function<void(std::size_t)>& work) {
    in_parallel(options_.repetitions, options_.threads, work,
                [this](std::size_t done) { progress_.at(before_ + done); });
    before_ += options_.repetitions;
  }

  simulate::Summary summary(unsigned kind, Change change, const simulate::Behaviour& behaviour) {
    std::vector<Repetition> made(options_.repetitions);
    each([&](std::size_t i) { made[i] = simulate::repetition(simulated_.trial, behaviour, change, random(i, kind)); });
    return simulate::summary(made);
  }

  simulate::Average peeking() {
    std::vector<double> alarms(options_.repetitions);
    each([&](std::size_t i) {
      const bool claimed = simulate::claimed_by_peeking(simulated_.trial, simulated_.same,
                                                        static_cast<int>(options_.looks), random(i, 0));
      alarms[i] = claimed ? 1 : 0;
    });
    return simulate::average(alarms);
  }

  const SimulateOptions& options_;
  const Simulated& simulated_;
  Progress progress_;
  std::uint64_t before_ = 0;
};

}  // namespace

int run_simulate(const SimulateOptions& options) {
  const auto planned = simulated(options);
  if (!planned) return complain(planned.error());
  const SimulationResult result = Play(options, *planned).result();
  fmt::print("{}", options.plan.json ? simulation_json(*planned, result) + "\n" : simulation_text(*planned, result));
  return exit_ok;
}

}  // namespace touchstone::cli
