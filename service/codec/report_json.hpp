#pragma once

#include <string>
#include <string_view>

#include "service/judge/report.hpp"

namespace touchstone::codec {

[[nodiscard]] std::string_view name_of(judge::CheckLevel level) noexcept;  ///< "ok", "warn", "block"

/// "b2-256:..." over the RFC 8785 form of the report's plan (without frozen_at), verdict, checks, results, segments
/// and series: equal for the same configuration and set of events, whatever their order, batches and duplicates.
[[nodiscard]] std::string results_digest(const judge::Report& report);

/// The report document of DATA-MODEL in one line, members in its order, doubles in shortest round-trip form; what could
/// not be computed is null. `digest.results` is computed here; the other digests are those of the report.
/// `pretty_json` gives the form for people.
[[nodiscard]] std::string write_report(const judge::Report& report);

}  // namespace touchstone::codec
