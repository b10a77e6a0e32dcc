#include "service/page/guardrail_text.hpp"

#include <gtest/gtest.h>

#include "service/page/check_text.hpp"
#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

CheckText told(const judge::Report& report) { return check_text(guardrail_check(report), report); }

/// A winner with its two guardrails so judged.
judge::Report judged(const char* satisfied, const char* refunds, const char* verdict) {
  auto report = a_winner();
  report.results[2].conclusion = satisfied;
  report.results[3].conclusion = refunds;
  report.verdict.code = verdict;
  return report;
}

TEST(GuardrailText, NamesTheOneThatIsInDoubt) {
  const auto text = told(a_winner());
  EXPECT_EQ(text.sign, "!");
  EXPECT_EQ(text.chip, "refunds not ruled out");
  EXPECT_EQ(text.sentence, "Guardrails: satisfied with one-page ✓ safe; refunds with one-page ! not ruled out.");
}

TEST(GuardrailText, HarmComesFirst) {
  const auto text = told(judged("harmed", "not_ruled_out", "keep_running"));
  EXPECT_EQ(text.chip, "satisfied harmed");
  EXPECT_EQ(text.sign, "!");
}

TEST(GuardrailText, WhatMoreDataMayTellIsOpen) {
  const auto text = told(judged("not_ruled_out", "not_ruled_out", "keep_running"));
  EXPECT_EQ(text.chip, "2 guardrails not ruled out");
  EXPECT_EQ(text.sign, "○");
  EXPECT_FALSE(text.looked_at);
  EXPECT_EQ(told(judged("unknown", "safe", "do_not_trust")).chip, "guardrails not clear yet");
}

TEST(GuardrailText, AllSafeIsFineAndNoneIsSaid) {
  EXPECT_EQ(told(judged("safe", "safe", "ship")).chip, "guardrails safe");
  EXPECT_EQ(told(judged("safe", "safe", "ship")).sign, "✓");
  auto none = a_winner();
  none.results.resize(2);
  EXPECT_EQ(told(none).chip, "no guardrail");
  EXPECT_EQ(told(none).sign, "○");
}

}  // namespace
}  // namespace touchstone::page
