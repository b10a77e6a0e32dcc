#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/judge/interactions.hpp"
#include "service/judge/over_time.hpp"
#include "service/judge/report.hpp"
#include "service/judge/staying.hpp"
#include "service/page/named_report.hpp"
#include "service/page/reach.hpp"

namespace touchstone::page {

/// Of a simulated experiment: what was planted in it, and what that teaches.
struct PlantedTruth {
  std::string what;
  std::string lesson;
};

/// What somebody decided; every part is text.
struct LoggedDecision {
  std::string at;
  std::string by;
  std::string what;    ///< "ship one-page"
  std::string advice;  ///< the report's headline then
  bool against = false;
  std::string reason;
};

/// What was agreed and is known about an experiment beside its figures. Every part may be empty; instants are text.
struct ReportHeading {
  std::string name;
  std::string hypothesis;
  std::string owner;
  std::string state;
  std::string started;
  std::string ended;
  std::string data_up_to;
  std::optional<PlantedTruth> truth{};                ///< where the customers are simulated
  std::vector<LoggedDecision> decisions{};            ///< by age
  std::optional<judge::Ledger> exposures_sent{};      ///< what became of those that named the experiment
  std::optional<judge::OverTime> over_time{};         ///< with names, as the report
  std::optional<judge::Interactions> interactions{};  ///< likewise
  std::vector<judge::Staying> staying{};              ///< likewise
  std::string progress{};                             ///< "day 9 of 21", where a last day is planned
  std::string time_zone{};                            ///< of the instants, where it is not UTC: its IANA name
  Reach reach{};                                      ///< whom a change would reach
  Stages stages{};                                    ///< of metrics, by name as in the report
};

struct PageStyle {
  bool self_contained = false;       ///< the style stands in the document, which loads nothing and opens from a disk
  std::string reproduce;             ///< the command that gives this report again
  std::vector<std::string> remarks;  ///< on the data, from whoever read them
  bool reveal = false;               ///< tell what was planted
  bool signed_in = false;            ///< leads to what only those may open
  bool takes_away = false;           ///< and to the report as files
  std::string script{};              ///< the address of what follows it while data arrive; empty: it stays as it is
};

/// The report as one complete HTML document: the same for a browser, a file and paper, readable without scripts. It
/// holds neither style attributes nor anything from another origin, and no script but `style.script`: without that
/// `content_security_policy` holds, with it the console's.
[[nodiscard]] std::string report_page(const judge::Report& report, const ReportHeading& heading,
                                      const PageStyle& style);

}  // namespace touchstone::page
