#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/evidence.hpp"
#include "service/app/service.hpp"
#include "service/judge/interactions.hpp"
#include "service/judge/over_time.hpp"
#include "service/judge/report.hpp"
#include "service/judge/stage.hpp"

namespace touchstone::app {

/// What a report is asked as of.
struct ReportTerms {
  std::optional<Time> as_of;  ///< what was known then: changes and events received up to it
  std::optional<Time> until;  ///< events with te up to it

  /// What an earlier report was made of, as it says itself.
  struct Basis {
    std::uint64_t config_version = 0;
    std::uint64_t last_seq = 0;
    storage::EventSet erased{};  ///< events among them that are gone: counted in the digest of the set alone
  };
  std::optional<Basis> basis{};

  judge::TellStage tell{};  ///< how far it is; may be empty
};

/// The report of an experiment. Without terms it reads the live view, covers every batch that was acknowledged before
/// the call, and costs what variants and metrics cost; with terms it scans the journal and judges anew.
/// Errors: not_found; unavailable where the journal cannot be read.
[[nodiscard]] Result<judge::Report> make_report(Service& service, std::uint32_t environment,
                                                std::string_view experiment, const ReportTerms& terms = {});

/// How the report of now came about; judge::over_time says what it costs. Errors: not_found.
[[nodiscard]] Result<judge::OverTime> make_over_time(Service& service, std::uint32_t environment,
                                                     std::string_view experiment, judge::CoursesOf which);

/// Whether other experiments change what this one does, as it is now; Evidence::interactions says how old that may be.
/// Errors: not_found.
[[nodiscard]] Result<judge::Interactions> make_interactions(Service& service, std::uint32_t environment,
                                                            std::string_view experiment, Evidence::Age may_be_old = {});

/// How long its units stay, likewise.
[[nodiscard]] Result<std::vector<judge::Staying>> make_staying(Service& service, std::uint32_t environment,
                                                               std::string_view experiment,
                                                               Evidence::Age may_be_old = {});

}  // namespace touchstone::app
