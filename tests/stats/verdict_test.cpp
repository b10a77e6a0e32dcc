#include "stats/verdict.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <gtest/gtest.h>

#include "stats/wording.hpp"

namespace touchstone::stats {
namespace {

Evidence evidence(std::vector<Finding> findings) {
  Evidence e;
  e.data_present = true;
  e.findings = std::move(findings);
  return e;
}

Finding goal(Conclusion conclusion, std::string variant = "b", double loss = undefined) {
  return {"purchase", std::move(variant), Role::goal, conclusion, loss};
}
Finding guardrail(Conclusion conclusion, std::string variant = "b") {
  return {"refunds", std::move(variant), Role::guardrail, conclusion, undefined};
}

VerdictCode code_of(std::vector<Finding> findings, bool complete = false) {
  Evidence e = evidence(std::move(findings));
  e.plan_complete = complete;
  return decide(e).code;
}

TEST(verdict, each_of_the_ten_has_its_case) {
  Evidence broken = evidence({goal(Conclusion::better)});
  broken.checks = {{"gap", Level::warn}, {"srm", Level::block}};
  EXPECT_EQ(decide(broken).code, VerdictCode::do_not_trust);
  EXPECT_EQ(decide(Evidence{}).code, VerdictCode::no_data);
  EXPECT_EQ(code_of({goal(Conclusion::worse)}), VerdictCode::roll_back);
  EXPECT_EQ(code_of({goal(Conclusion::better), guardrail(Conclusion::harmed)}), VerdictCode::trade_off);
  Evidence split = evidence({goal(Conclusion::better)});
  split.segments = {{"purchase", "b", "new", Conclusion::better}, {"purchase", "b", "loyal", Conclusion::worse}};
  EXPECT_EQ(decide(split).code, VerdictCode::segment_split);
  EXPECT_EQ(code_of({goal(Conclusion::better), guardrail(Conclusion::safe)}), VerdictCode::ship);
  EXPECT_EQ(code_of({goal(Conclusion::better), guardrail(Conclusion::not_ruled_out)}), VerdictCode::ship_with_care);
  EXPECT_EQ(code_of({goal(Conclusion::no_difference)}), VerdictCode::no_difference);
  EXPECT_EQ(code_of({goal(Conclusion::not_clear)}), VerdictCode::keep_running);
  EXPECT_EQ(code_of({goal(Conclusion::not_clear)}, true), VerdictCode::inconclusive);
}

TEST(verdict, harm_without_gain_rolls_back) {
  EXPECT_EQ(code_of({goal(Conclusion::not_clear), guardrail(Conclusion::harmed)}), VerdictCode::roll_back);
  EXPECT_EQ(code_of({goal(Conclusion::no_difference), guardrail(Conclusion::harmed)}), VerdictCode::roll_back);
}

TEST(verdict, goals_that_disagree_are_a_trade_off) {
  EXPECT_EQ(code_of({goal(Conclusion::better), {"visits", "b", Role::goal, Conclusion::worse, undefined}}),
            VerdictCode::trade_off);
}

TEST(verdict, secondary_metrics_decide_nothing) {
  EXPECT_EQ(code_of({goal(Conclusion::not_clear), {"clicks", "b", Role::secondary, Conclusion::worse, undefined}}),
            VerdictCode::keep_running);
}

TEST(verdict, a_goal_that_is_not_computable_keeps_running) {
  EXPECT_EQ(code_of({goal(Conclusion::unknown)}), VerdictCode::keep_running);
  EXPECT_EQ(code_of({goal(Conclusion::better), guardrail(Conclusion::unknown)}), VerdictCode::ship_with_care);
}

TEST(verdict, segments_must_disagree_within_one_metric) {
  Evidence e = evidence({goal(Conclusion::better)});
  e.segments = {{"purchase", "b", "new", Conclusion::better}, {"visits", "b", "loyal", Conclusion::worse}};
  EXPECT_EQ(decide(e).code, VerdictCode::ship);
}

TEST(verdict, of_several_that_pass_the_one_with_the_smallest_loss_ships) {
  const Verdict verdict =
      decide(evidence({goal(Conclusion::better, "b", 0.004), goal(Conclusion::better, "c", 0.001)}));
  EXPECT_EQ(verdict.code, VerdictCode::ship);
  EXPECT_EQ(verdict.variant, "c");
  EXPECT_EQ(verdict.variants.size(), 2U);
  EXPECT_EQ(verdict.reasons, (std::vector<Reason>{{"goal_better", "purchase", "c", ""}}));
}

TEST(verdict, rolling_back_stands_only_where_nothing_remains) {
  EXPECT_EQ(code_of({goal(Conclusion::worse, "b"), goal(Conclusion::not_clear, "c")}), VerdictCode::keep_running);
  const Verdict both = decide(evidence({goal(Conclusion::worse, "b"), goal(Conclusion::worse, "c")}));
  EXPECT_EQ(both.code, VerdictCode::roll_back);
  EXPECT_EQ(both.variant, "");
  EXPECT_EQ(both.reasons.size(), 2U);
  EXPECT_EQ(decide(evidence({goal(Conclusion::worse, "b")})).variant, "b");
}

TEST(verdict, a_loss_is_that_of_the_goals_that_know_theirs) {
  const Verdict verdict = decide(evidence({goal(Conclusion::better, "b", 0.004),
                                           goal(Conclusion::better, "c", 0.003),
                                           guardrail(Conclusion::safe, "b"),
                                           guardrail(Conclusion::safe, "c"),
                                           {"visits", "c", Role::goal, Conclusion::not_clear, 0.002},
                                           {"visits", "b", Role::goal, Conclusion::not_clear, undefined}}));
  EXPECT_EQ(verdict.variant, "b") << ".004 is less than .003 and .002";
}

TEST(verdict, no_difference_is_one_of_all_goals) {
  EXPECT_EQ(code_of({goal(Conclusion::no_difference), guardrail(Conclusion::safe)}), VerdictCode::no_difference);
  EXPECT_EQ(code_of({goal(Conclusion::no_difference), {"visits", "b", Role::goal, Conclusion::not_clear, undefined}}),
            VerdictCode::keep_running);
}

TEST(verdict, segments_of_another_variant_say_nothing_of_this_one) {
  Evidence e = evidence({goal(Conclusion::better, "b", 0.01), goal(Conclusion::better, "c", 0.02)});
  e.segments = {{"purchase", "c", "new", Conclusion::better},
                {"purchase", "c", "loyal", Conclusion::worse},
                {"purchase", "b", "new", Conclusion::better}};
  const Verdict verdict = decide(e);
  EXPECT_EQ(verdict.variant, "b");
  EXPECT_EQ(verdict.variants[1].code, VerdictCode::segment_split);
  EXPECT_EQ(verdict.reasons.size(), 1U) << "its own segments do not disagree";
}

TEST(verdict, data_without_a_finding_are_none) { EXPECT_EQ(decide(evidence({})).code, VerdictCode::no_data); }

TEST(verdict, a_clean_gain_is_not_withheld_for_another_variants_trade_off) {
  const Verdict verdict = decide(evidence({goal(Conclusion::better, "b"), guardrail(Conclusion::harmed, "b"),
                                           goal(Conclusion::better, "c"), guardrail(Conclusion::safe, "c")}));
  EXPECT_EQ(verdict.code, VerdictCode::ship);
  EXPECT_EQ(verdict.variant, "c");
  EXPECT_EQ(verdict.variants[0].code, VerdictCode::trade_off);
}

TEST(verdict, reasons_name_what_fired) {
  Evidence broken = evidence({goal(Conclusion::better)});
  broken.checks = {{"srm", Level::block}, {"fresh", Level::ok}};
  EXPECT_EQ(decide(broken).reasons, (std::vector<Reason>{{"check_srm", "", "", ""}}));
  Evidence empty;
  empty.missing_link = "no_exposures";
  EXPECT_EQ(decide(empty).reasons, (std::vector<Reason>{{"no_exposures", "", "", ""}}));
  Evidence split = evidence({goal(Conclusion::better)});
  split.segments = {{"purchase", "b", "new", Conclusion::better},
                    {"purchase", "b", "loyal", Conclusion::worse},
                    {"purchase", "b", "other", Conclusion::not_clear}};
  EXPECT_EQ(decide(split).reasons.size(), 3U);
}

TEST(verdict, a_goal_is_concluded_from_its_interval) {
  const auto up = Direction::higher_is_better;
  const auto down = Direction::lower_is_better;
  EXPECT_EQ(conclude_goal({0.01, 0.03}, up, 0), Conclusion::better);
  EXPECT_EQ(conclude_goal({0.01, 0.03}, down, 0), Conclusion::worse);
  EXPECT_EQ(conclude_goal({-0.01, 0.03}, up, 0), Conclusion::not_clear);
  EXPECT_EQ(conclude_goal({-0.004, 0.003}, up, 0.005), Conclusion::no_difference);
  EXPECT_EQ(conclude_goal({0.001, 0.003}, up, 0.005), Conclusion::no_difference);
  EXPECT_EQ(conclude_goal({-infinity, -0.1}, up, 0.005), Conclusion::worse);
  EXPECT_EQ(conclude_goal({}, up, 0.005), Conclusion::unknown);
}

TEST(verdict, a_guardrail_is_concluded_against_its_margin) {
  const auto up = Direction::higher_is_better;
  const auto down = Direction::lower_is_better;
  EXPECT_EQ(conclude_guardrail({-0.01, 0.01}, up, 0.02), Conclusion::safe);
  EXPECT_EQ(conclude_guardrail({-0.03, 0.01}, up, 0.02), Conclusion::not_ruled_out);
  EXPECT_EQ(conclude_guardrail({-0.09, -0.03}, up, 0.02), Conclusion::harmed);
  EXPECT_EQ(conclude_guardrail({0.03, 0.09}, down, 0.02), Conclusion::harmed);
  EXPECT_EQ(conclude_guardrail({-0.09, 0.01}, down, 0.02), Conclusion::safe);
  EXPECT_EQ(conclude_guardrail({}, down, 0.02), Conclusion::unknown);
}

constexpr VerdictCode all_codes[] = {
    VerdictCode::do_not_trust,  VerdictCode::no_data,      VerdictCode::roll_back,      VerdictCode::trade_off,
    VerdictCode::segment_split, VerdictCode::ship,         VerdictCode::ship_with_care, VerdictCode::no_difference,
    VerdictCode::keep_running,  VerdictCode::inconclusive,
};

bool contains_forbidden(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto words = forbidden_words();
  return std::any_of(words.begin(), words.end(), [&](auto word) { return lower.find(word) != std::string::npos; });
}

TEST(wording, every_verdict_has_words_that_a_manager_may_read) {
  std::vector<std::string_view> icons;
  for (const VerdictCode code : all_codes) {
    const VerdictWording words = wording(code);
    EXPECT_FALSE(words.headline.empty()) << name(code);
    EXPECT_FALSE(contains_forbidden(words.headline)) << words.headline;
    EXPECT_FALSE(contains_forbidden(words.sentence)) << words.sentence;
    EXPECT_EQ(std::count(icons.begin(), icons.end(), words.icon), 0) << name(code);
    icons.push_back(words.icon);
  }
  EXPECT_EQ(wording(VerdictCode::ship).headline, "Ship {variant}");
  EXPECT_EQ(wording(VerdictCode::inconclusive).icon, "?");
}

TEST(wording, every_reason_that_a_verdict_gives_has_a_sentence) {
  for (const char* code : {"goal_better", "goal_worse", "goal_not_clear", "goal_no_difference", "guardrail_safe",
                           "guardrail_not_ruled_out", "guardrail_harmed", "segment_better", "segment_worse",
                           "check_srm", "no_exposures", "no_single_evaluation", "no_exposure_event"}) {
    EXPECT_FALSE(reason_sentence(code).empty()) << code;
  }
  EXPECT_TRUE(reason_sentence("no_such_code").empty());
}

TEST(wording, fields_are_filled_and_missing_ones_stay_visible) {
  const std::vector<Field> fields{{"variant", "one page"}};
  EXPECT_EQ(fill("Ship {variant}, watch {guardrail}", fields), "Ship one page, watch {guardrail}");
  EXPECT_EQ(fill("{variant}{variant} {open", fields), "one pageone page {open");
}

TEST(wording, probability_words_change_where_the_vocabulary_says) {
  EXPECT_EQ(probability_word(0.99), "almost certain");
  EXPECT_EQ(probability_word(0.95), "very likely");
  EXPECT_EQ(probability_word(0.94), "likely");
  EXPECT_EQ(probability_word(0.6), "leaning");
  EXPECT_EQ(probability_word(0.5), "toss-up");
  EXPECT_EQ(probability_word(0.39), "");
}

TEST(names, every_value_has_a_text_of_its_own) {
  EXPECT_EQ(name(VerdictCode::ship_with_care), "ship_with_care");
  EXPECT_EQ(name(Level::block), "block");
  EXPECT_EQ(name(Level::warn), "warn");
  EXPECT_EQ(name(Level::ok), "ok");
  EXPECT_EQ(name(Conclusion::not_ruled_out), "not_ruled_out");
  EXPECT_EQ(name(Status::baseline_not_positive), "baseline_not_positive");
}

}  // namespace
}  // namespace touchstone::stats
