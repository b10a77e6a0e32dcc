#include "stats/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace touchstone::stats {
namespace {

// The change with "good" pointing upwards.
Interval oriented(const Interval& change, Direction direction) noexcept {
  return direction == Direction::higher_is_better ? change : Interval{-change.high, -change.low};
}

bool is_goal(const Finding& finding) noexcept { return finding.role == Role::goal; }
bool is_guardrail(const Finding& finding) noexcept { return finding.role == Role::guardrail; }

// The findings about one variant.
class Case {
 public:
  Case(const Evidence& evidence, std::string variant) : evidence_(&evidence), variant_(std::move(variant)) {}

  [[nodiscard]] const std::string& variant() const noexcept { return variant_; }

  [[nodiscard]] VerdictCode code() const {
    const bool better = goal(Conclusion::better);
    const bool worse = goal(Conclusion::worse);
    const bool harmed = guardrail(Conclusion::harmed);
    if ((worse || harmed) && !better) return VerdictCode::roll_back;
    if (worse || harmed) return VerdictCode::trade_off;
    if (segments_disagree()) return VerdictCode::segment_split;
    if (better) return all_guardrails_safe() ? VerdictCode::ship : VerdictCode::ship_with_care;
    if (all_goals_alike()) return VerdictCode::no_difference;
    return evidence_->plan_complete ? VerdictCode::inconclusive : VerdictCode::keep_running;
  }

  // Loss of choosing this variant, summed over the goals that know theirs.
  [[nodiscard]] double loss() const {
    double sum = 0;
    for (const Finding& f : evidence_->findings) {
      if (mine(f) && is_goal(f) && !std::isnan(f.expected_loss)) sum += f.expected_loss;
    }
    return sum;
  }

  void explain(std::vector<Reason>& reasons) const {
    for (const Finding& f : evidence_->findings) {
      if (!mine(f) || f.role == Role::secondary || f.conclusion == Conclusion::unknown) continue;
      const std::string role = is_goal(f) ? "goal_" : "guardrail_";
      reasons.push_back({role + std::string(name(f.conclusion)), f.metric, f.variant, {}});
    }
    for (const SegmentFinding& s : evidence_->segments) {
      if (s.variant != variant_ || !disagrees(s.metric) || !decided(s)) continue;
      reasons.push_back({"segment_" + std::string(name(s.conclusion)), s.metric, s.variant, s.segment});
    }
  }

 private:
  [[nodiscard]] bool mine(const Finding& finding) const { return finding.variant == variant_; }
  [[nodiscard]] static bool decided(const SegmentFinding& s) noexcept {
    return s.conclusion == Conclusion::better || s.conclusion == Conclusion::worse;
  }

  template <class Predicate>
  [[nodiscard]] bool any(const Predicate& predicate) const {
    return std::any_of(evidence_->findings.begin(), evidence_->findings.end(),
                       [&](const Finding& f) { return mine(f) && predicate(f); });
  }
  [[nodiscard]] bool goal(Conclusion conclusion) const {
    return any([conclusion](const Finding& f) { return is_goal(f) && f.conclusion == conclusion; });
  }
  [[nodiscard]] bool guardrail(Conclusion conclusion) const {
    return any([conclusion](const Finding& f) { return is_guardrail(f) && f.conclusion == conclusion; });
  }
  [[nodiscard]] bool all_guardrails_safe() const {
    return !any([](const Finding& f) { return is_guardrail(f) && f.conclusion != Conclusion::safe; });
  }
  [[nodiscard]] bool all_goals_alike() const {
    return goal(Conclusion::no_difference) &&
           !any([](const Finding& f) { return is_goal(f) && f.conclusion != Conclusion::no_difference; });
  }

  [[nodiscard]] bool segment(const std::string& metric, Conclusion conclusion) const {
    return std::any_of(evidence_->segments.begin(), evidence_->segments.end(), [&](const SegmentFinding& s) {
      return s.variant == variant_ && s.metric == metric && s.conclusion == conclusion;
    });
  }
  [[nodiscard]] bool disagrees(const std::string& metric) const {
    return segment(metric, Conclusion::better) && segment(metric, Conclusion::worse);
  }
  [[nodiscard]] bool segments_disagree() const {
    return std::any_of(evidence_->segments.begin(), evidence_->segments.end(),
                       [&](const SegmentFinding& s) { return s.variant == variant_ && disagrees(s.metric); });
  }

  const Evidence* evidence_;
  std::string variant_;
};

std::vector<Case> cases_of(const Evidence& evidence) {
  std::vector<Case> cases;
  for (const Finding& f : evidence.findings) {
    const bool known = std::any_of(cases.begin(), cases.end(), [&](const Case& c) { return c.variant() == f.variant; });
    if (!known) cases.emplace_back(evidence, f.variant);
  }
  return cases;
}

// What the experiment as a whole says is the best that any of its variants says: a clean gain of one variant is not
// withheld because another one needs a judgement call. Rolling back stands last.
constexpr std::array precedence{
    VerdictCode::ship,         VerdictCode::ship_with_care, VerdictCode::trade_off,     VerdictCode::segment_split,
    VerdictCode::keep_running, VerdictCode::inconclusive,   VerdictCode::no_difference, VerdictCode::roll_back,
};

VerdictCode overall(const std::vector<Case>& cases) {
  return *std::find_first_of(precedence.begin(), precedence.end(), cases.begin(), cases.end(),
                             [](VerdictCode code, const Case& c) { return c.code() == code; });
}

bool names_a_variant(VerdictCode code) noexcept {
  return code == VerdictCode::ship || code == VerdictCode::ship_with_care || code == VerdictCode::trade_off ||
         code == VerdictCode::segment_split;
}

std::vector<const Case*> cases_with(const std::vector<Case>& cases, VerdictCode code) {
  std::vector<const Case*> chosen;
  for (const Case& c : cases) {
    if (c.code() == code) chosen.push_back(&c);
  }
  return chosen;
}

Verdict blocked(const Evidence& evidence) {
  Verdict verdict{VerdictCode::do_not_trust, {}, {}, {}};
  for (const Check& check : evidence.checks) {
    if (check.level == Level::block) verdict.reasons.push_back({"check_" + check.code, {}, {}, {}});
  }
  return verdict;
}

Verdict without_data(const Evidence& evidence) {
  Verdict verdict{VerdictCode::no_data, {}, {}, {}};
  if (!evidence.missing_link.empty()) verdict.reasons.push_back({evidence.missing_link, {}, {}, {}});
  return verdict;
}

Verdict judged(const std::vector<Case>& cases) {
  Verdict verdict;
  verdict.code = overall(cases);
  for (const Case& c : cases) verdict.variants.push_back({c.variant(), c.code()});
  std::vector<const Case*> chosen = cases_with(cases, verdict.code);
  if (names_a_variant(verdict.code)) {
    chosen = {*std::min_element(chosen.begin(), chosen.end(), [](auto* x, auto* y) { return x->loss() < y->loss(); })};
  }
  if (names_a_variant(verdict.code) || (verdict.code == VerdictCode::roll_back && chosen.size() == 1)) {
    verdict.variant = chosen.front()->variant();
  }
  for (const Case* c : chosen) c->explain(verdict.reasons);
  return verdict;
}

}  // namespace

std::string_view name(Conclusion conclusion) noexcept {
  switch (conclusion) {
    case Conclusion::unknown:
      return "unknown";
    case Conclusion::not_clear:
      return "not_clear";
    case Conclusion::better:
      return "better";
    case Conclusion::worse:
      return "worse";
    case Conclusion::no_difference:
      return "no_difference";
    case Conclusion::safe:
      return "safe";
    case Conclusion::not_ruled_out:
      return "not_ruled_out";
    case Conclusion::harmed:
      return "harmed";
  }
  return "";
}

std::string_view name(Level level) noexcept {
  switch (level) {
    case Level::ok:
      return "ok";
    case Level::warn:
      return "warn";
    case Level::block:
      return "block";
  }
  return "";
}

std::string_view name(VerdictCode code) noexcept {
  switch (code) {
    case VerdictCode::do_not_trust:
      return "do_not_trust";
    case VerdictCode::no_data:
      return "no_data";
    case VerdictCode::roll_back:
      return "roll_back";
    case VerdictCode::trade_off:
      return "trade_off";
    case VerdictCode::segment_split:
      return "segment_split";
    case VerdictCode::ship:
      return "ship";
    case VerdictCode::ship_with_care:
      return "ship_with_care";
    case VerdictCode::no_difference:
      return "no_difference";
    case VerdictCode::keep_running:
      return "keep_running";
    case VerdictCode::inconclusive:
      return "inconclusive";
  }
  return "";
}

Conclusion conclude_goal(const Interval& change, Direction direction, double smallest_effect) noexcept {
  if (!change.known()) return Conclusion::unknown;
  const Interval good = oriented(change, direction);
  if (good.low > -smallest_effect && good.high < smallest_effect) return Conclusion::no_difference;
  if (good.low > 0) return Conclusion::better;
  if (good.high < 0) return Conclusion::worse;
  return Conclusion::not_clear;
}

Conclusion conclude_guardrail(const Interval& change, Direction direction, double margin) noexcept {
  if (!change.known()) return Conclusion::unknown;
  const Interval good = oriented(change, direction);
  if (good.low > -margin) return Conclusion::safe;
  if (good.high < -margin) return Conclusion::harmed;
  return Conclusion::not_ruled_out;
}

Verdict decide(const Evidence& evidence) {
  const auto blocks = [](const Check& check) { return check.level == Level::block; };
  if (std::any_of(evidence.checks.begin(), evidence.checks.end(), blocks)) return blocked(evidence);
  const std::vector<Case> cases = cases_of(evidence);
  if (!evidence.data_present || cases.empty()) return without_data(evidence);
  return judged(cases);
}

}  // namespace touchstone::stats
