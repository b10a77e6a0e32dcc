#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/judge/report.hpp"
#include "service/page/named_report.hpp"

/// A customer's way in words.
namespace touchstone::page {

/// "Awareness", "Consideration", "Purchase", "After the purchase"
[[nodiscard]] std::string_view stage_text(storage::JourneyStage stage) noexcept;

/// The first stage at which a row of this variant shows a difference. Nothing where none does.
[[nodiscard]] std::optional<storage::JourneyStage> parts_at(const judge::Report& report, const Stages& stages,
                                                            std::string_view variant);

/// For each treatment: at which stage its customers' ways part from control's, or that none is seen to.
[[nodiscard]] std::vector<std::string> parting_sentences(const judge::Report& report, const Stages& stages);

}  // namespace touchstone::page
