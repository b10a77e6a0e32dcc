#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/checks.hpp"
#include "service/judge/trust.hpp"
#include "tests/service/judge/season.hpp"
#include "tests/service/judge/streams.hpp"

/// How often the doubts alarm where nothing is the matter, looked at 25 times: p < .05 ever in .05 of the streams at
/// most, and at their own limit of .001 in .001 of them, each and 4.5 binomial standard errors. `small` of pre_period
/// is at the end alone: it remembers.
namespace touchstone::judge {
namespace {

constexpr int kTimes = 25;

struct Honest {
  std::string name;
  Season season;
};

/// Of each code: streams with a small p at any look, and with an alarm.
struct Alarms {
  int small = 0;
  int ever = 0;
};

bool a_p(const Check& check) { return check.limit == kDoubtLimit; }

std::vector<Check> doubts(const simulate::Trial& trial, const simulate::Course& course) {
  const Time closed = simulate::opening() + (simulate::hours_for(trial, course.entered()) + 1) * kTickWithoutEnd;
  const Facts facts{{}, closed + simulate::kUnitWindow};
  const Asked asked;
  const Case of{trial.experiment, trial.metrics, course.cells(), facts, asked};
  std::vector<Check> all = trust(of);
  if (course.entered() < trial.units) return all;  // pre_period remembers
  for (Check& check : checks(of))
    if (check.code == "pre_period") all.push_back(std::move(check));
  return all;
}

std::map<std::string, Alarms> alarms(const Honest& cell) {
  const simulate::Trial trial = cell.season.trial();
  const simulate::Behaviour behaviour = cell.season.behaviour();
  std::map<std::string, Alarms> all;
  for (int stream = 0; stream < streams(); ++stream) {
    simulate::Course course(trial, behaviour, simulate::Random(seed_of(cell.name + "#" + std::to_string(stream))));
    std::map<std::string, bool> small;
    std::map<std::string, bool> ever;
    for (std::uint64_t k = 1; k <= kTimes; ++k) {
      course.enter(trial.units * k / kTimes);
      for (const Check& check : doubts(trial, course)) {
        ever[check.code] |= check.level != CheckLevel::ok;
        if (a_p(check)) small[check.code] |= check.value.value_or(1) < 0.05;
      }
    }
    for (const auto& [code, is_small] : small) all[code].small += is_small ? 1 : 0;
    for (const auto& [code, alarmed] : ever) all[code].ever += alarmed ? 1 : 0;
  }
  return all;
}

class Doubts : public testing::TestWithParam<Honest> {};

TEST_P(Doubts, CryNoWolf) {
  for (const auto& [code, found] : alarms(GetParam())) {
    RecordProperty(code, std::to_string(found.small) + " " + std::to_string(found.ever));
    EXPECT_LE(found.small, streams() * (0.05 + allowance(0.05, streams()))) << code;
    EXPECT_LE(found.ever, streams() * (0.001 + allowance(0.001, streams()))) << code;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cells, Doubts,
    testing::Values(Honest{"conversions", {.users = 240}},
                    Honest{"conversions_rates_move", {.users = 240, .rate = 0.2, .rate_before = 0.1}},
                    Honest{"conversions_ramp", {.users = 240, .rate = 0.2, .rate_before = 0.1, .share_before = 0.1}},
                    Honest{"conversions_effect", {.users = 240, .effect = 1.2}},
                    Honest{"rare_nearly_doubled", {.users = 240, .rate = 0.02, .rate_before = 0.02, .effect = 1.95}},
                    Honest{"rare_nearly_halved", {.users = 240, .rate = 0.04, .rate_before = 0.04, .effect = 0.52}},
                    Honest{"lognormal_small_arm",
                           {.users = 240, .figures = Figures::lognormal, .share = 0.1, .share_before = 0.1}},
                    Honest{"three_arms", {.users = 240, .arms = 3, .share = 0.6, .share_before = 0.6}},
                    Honest{"spend_again", {.users = 240, .figures = Figures::spend_again, .tail = 1}}),
    [](const auto& cell) { return cell.param.name; });

}  // namespace
}  // namespace touchstone::judge
