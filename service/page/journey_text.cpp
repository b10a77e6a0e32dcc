#include "service/page/journey_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace touchstone::page {
namespace {

using judge::Row;
using storage::JourneyStage;

/// Whether it is shown that customers act differently, for better or worse.
bool differs(const Row& row) {
  constexpr std::array<std::string_view, 3> shown{"better", "worse", "harmed"};
  return std::ranges::find(shown, row.conclusion) != shown.end();
}

std::optional<JourneyStage> stage_of(const Row& row, const Stages& stages) {
  const auto found = stages.find(row.metric);
  return found == stages.end() ? std::nullopt : std::optional(found->second);
}

std::string parting_sentence(const judge::Report& report, const Stages& stages, const std::string& variant) {
  const auto stage = parts_at(report, stages, variant);
  if (!stage) return fmt::format("{}: at no stage is a difference shown so far.", variant);
  const auto found = std::ranges::find_if(report.results, [&](const Row& row) {
    return row.variant == variant && differs(row) && stage_of(row, stages) == stage;
  });
  return fmt::format("{}: customers' ways part at the stage “{}” ({}).", variant, stage_text(*stage), found->metric);
}

}  // namespace

std::string_view stage_text(JourneyStage stage) noexcept {
  constexpr std::array<std::string_view, 4> texts{"Awareness", "Consideration", "Purchase", "After the purchase"};
  return texts.at(static_cast<std::size_t>(stage));
}

std::optional<JourneyStage> parts_at(const judge::Report& report, const Stages& stages, std::string_view variant) {
  std::optional<JourneyStage> first;
  for (const Row& row : report.results)
    if (const auto stage = stage_of(row, stages); stage && row.variant == variant && differs(row))
      first = first ? std::min(*first, *stage) : *stage;
  return first;
}

std::vector<std::string> parting_sentences(const judge::Report& report, const Stages& stages) {
  std::vector<std::string> sentences;
  for (const auto& variant : report.plan.variants)
    if (!variant.control) sentences.push_back(parting_sentence(report, stages, variant.key));
  return sentences;
}

}  // namespace touchstone::page
