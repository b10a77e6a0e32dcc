#include "stats/wording.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace touchstone::stats {
namespace {

struct CodedSentence {
  std::string_view code;
  std::string_view sentence;
};

constexpr std::array verdicts{
    VerdictWording{"⛔", "Do not use this result", "{problem} Fix this first; until then no comparison is fair."},
    VerdictWording{"○", "No data yet", "{problem}"},
    VerdictWording{"✗", "Roll back {variant}",
                   "{metric} got worse by {change} ({interval}: {low} to {high}). Stop now."},
    VerdictWording{
        "⚖", "Your call: gain against harm",
        "{metric} improved by {change}, but {guardrail} was harmed beyond what was agreed. Weigh one against "
        "the other."},
    VerdictWording{
        "◐", "Different customers, different winners",
        "{metric} improved for {segment_better} and got worse for {segment_worse}. Consider giving each group "
        "its own version."},
    VerdictWording{"✓", "Ship {variant}", "{metric} improved by {change} ({interval}: {low} to {high})."},
    VerdictWording{
        "✓!", "Ship {variant}, watch {guardrail}",
        "{metric} improved by {change} ({interval}: {low} to {high}). Harm to {guardrail} is neither shown nor "
        "ruled out: at worst {worst}."},
    VerdictWording{"=", "No meaningful difference",
                   "Any real difference is smaller than {smallest_effect}. Choose the version that costs less."},
    VerdictWording{"…", "Keep running", "Not clear yet: {metric} changed by {change} ({interval}: {low} to {high})."},
    VerdictWording{"?", "We could not tell",
                   "The test is over and the range still holds both gain and loss: {low} to {high}. Options: a bigger "
                   "change, a longer test, another measure."},
};

constexpr std::array reasons{
    CodedSentence{"goal_better", "{metric} improved with {variant}."},
    CodedSentence{"goal_worse", "{metric} got worse with {variant}."},
    CodedSentence{"goal_not_clear", "{metric}: not clear yet for {variant}."},
    CodedSentence{"goal_no_difference", "{metric}: no difference that matters with {variant}."},
    CodedSentence{"guardrail_safe", "{metric} is safe with {variant}."},
    CodedSentence{"guardrail_not_ruled_out", "{metric}: harm by {variant} is neither shown nor ruled out."},
    CodedSentence{"guardrail_harmed", "{metric} was harmed by {variant} beyond the agreed margin."},
    CodedSentence{"segment_better", "{metric} improved with {variant} for {segment}."},
    CodedSentence{"segment_worse", "{metric} got worse with {variant} for {segment}."},
    CodedSentence{"check_srm", "The groups do not have their planned sizes. Something drops or duplicates customers."},
    CodedSentence{"check_crossover", "Too many customers saw more than one version, or unevenly so."},
    CodedSentence{"check_contradictions", "Too many records contradict each other."},
    CodedSentence{"check_gap", "Exposure records are missing for more than a day."},
    CodedSentence{"check_range", "A measure holds values too large to be added up exactly."},
    CodedSentence{"no_assignments", "Nobody has been assigned yet."},
    CodedSentence{"no_exposures", "Customers were assigned, but no exposure has arrived."},
    CodedSentence{"no_single_evaluation",
                  "No exposure has arrived: nobody was evaluated singly, and bulk evaluations, as web SDKs make them, "
                  "expose nobody. Let the client or an event tell."},
    CodedSentence{"no_exposure_event", "Customers were assigned, but the event that exposes them has not arrived."},
    CodedSentence{"no_goal_events", "Customers were exposed, but no event of the goal has arrived."},
    CodedSentence{"one_group_only", "Only one version has been seen by customers."},
};

struct WordedProbability {
  double from;
  std::string_view word;
};
constexpr std::array probability_words{
    WordedProbability{0.99, "almost certain"}, WordedProbability{0.95, "very likely"}, WordedProbability{0.8, "likely"},
    WordedProbability{0.6, "leaning"},         WordedProbability{0.4, "toss-up"},
};

constexpr std::array<std::string_view, 6> forbidden{"p-value",      "p value",    "significant",
                                                    "significance", "confidence", "winner is"};

}  // namespace

VerdictWording wording(VerdictCode code, Language language) noexcept {
  static_cast<void>(language);
  constexpr std::array order{
      VerdictCode::do_not_trust,  VerdictCode::no_data,      VerdictCode::roll_back,      VerdictCode::trade_off,
      VerdictCode::segment_split, VerdictCode::ship,         VerdictCode::ship_with_care, VerdictCode::no_difference,
      VerdictCode::keep_running,  VerdictCode::inconclusive,
  };
  const auto* const place = std::find(order.begin(), order.end(), code);
  return verdicts.at(static_cast<std::size_t>(place - order.begin()));
}

std::string_view reason_sentence(std::string_view reason_code, Language language) noexcept {
  static_cast<void>(language);
  const auto* const found =
      std::find_if(reasons.begin(), reasons.end(), [&](const CodedSentence& s) { return s.code == reason_code; });
  return found == reasons.end() ? std::string_view{} : found->sentence;
}

std::string_view probability_word(double probability) noexcept {
  const auto* const found = std::find_if(probability_words.begin(), probability_words.end(),
                                         [&](const WordedProbability& w) { return probability >= w.from; });
  return found == probability_words.end() ? std::string_view{} : found->word;
}

std::string fill(std::string_view pattern, std::span<const Field> fields) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    text += pattern.substr(0, open);
    const std::string_view key = pattern.substr(open + 1, close - open - 1);
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == key; });
    text += found == fields.end() ? pattern.substr(open, close - open + 1) : found->value;
    pattern.remove_prefix(close + 1);
  }
  return text += pattern;
}

std::span<const std::string_view> forbidden_words() noexcept { return forbidden; }

}  // namespace touchstone::stats
