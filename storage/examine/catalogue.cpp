#include "storage/catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "assign/instant.hpp"
#include "storage/directory.hpp"
#include "storage/examine/parts.hpp"
#include "storage/schemas.hpp"

namespace touchstone::storage::examination {
namespace {

constexpr std::string_view kRestore = "Restore it from a backup made before that (touchstone restore).";

Finding quarantine(const Catalogue& catalogue, const std::vector<Environment>& environments) {
  std::size_t aside = 0;
  for (const Environment& environment : environments) {
    const auto some = catalogue.quarantined(environment.id, 0, std::numeric_limits<std::int32_t>::max());
    if (!some) return told("quarantine", some.error(), "", kRestore);
    aside += some->size();
  }
  if (aside == 0) return fine("quarantine", "nothing is kept aside");
  return note("quarantine", fmt::format("{} events from too far in the future are kept aside", aside),
              "Look at them (GET /v1/quarantine) and replay them with their true time.");
}

Finding keys(const Catalogue& catalogue, const std::vector<Environment>& environments) {
  std::size_t live = 0;
  for (const Environment& environment : environments) {
    const auto some = catalogue.keys(environment.id);
    if (!some) return told("keys", some.error(), "", kRestore);
    live += static_cast<std::size_t>(
        std::ranges::count_if(*some, [](const ApiKey& key) { return !key.revoked && key.kind == KeyKind::admin; }));
  }
  if (live == 0)
    return note("keys", "nobody has an administrator's key", "Make one: touchstone keys create --kind admin.");
  return fine("keys", fmt::format("{} administrators' keys", live));
}

Finding erasures(const Catalogue& catalogue) {
  const auto all = catalogue.erasures();
  if (!all) return told("erasures", all.error(), "", kRestore);
  const auto unfinished = std::ranges::count_if(*all, [](const Erasure& one) { return !one.finished; });
  if (unfinished > 0)
    return note("erasures", fmt::format("{} were ordered and not finished", unfinished),
                "Start the service: it finishes them first.");
  const auto in_force = std::ranges::count_if(*all, [](const Erasure& one) { return !one.lifted; });
  return fine("erasures", in_force == 0
                              ? "no unit is erased"
                              : fmt::format("{} units are erased, and nothing more is taken of them", in_force));
}

Finding expiries(const Catalogue& catalogue) {
  const auto all = catalogue.expiries();
  if (!all) return told("retention", all.error(), "", kRestore);
  if (std::ranges::any_of(*all, [](const Expiry& one) { return !one.finished; }))
    return note("retention", "old events were to be let go, and are not all gone",
                "Start the service: it finishes that first.");
  std::string kept;
  for (const Expiry& one : *all)
    kept += fmt::format("{}environment {} from {} on", kept.empty() ? "events are kept of " : ", ", one.environment,
                        assign::to_text(std::chrono::floor<std::chrono::seconds>(one.kept_from)));
  return fine("retention", kept.empty() ? "all events are kept" : kept);
}

}  // namespace

bool examine_catalogue(const std::filesystem::path& directory, Findings& findings) {
  const auto file = Directory::catalogue_of(directory);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    findings.push_back(problem("catalogue.db", "it is missing", "Restore the directory from a backup."));
    return false;
  }
  if (!examine_database(file, catalogue_schema(), findings)) return false;
  const auto catalogue = Catalogue::read(directory);
  if (!catalogue) {
    findings.push_back(told("catalogue.db", catalogue.error(), "", kRestore));
    return false;
  }
  const auto environments = (*catalogue)->environments();
  if (!environments) {
    findings.push_back(told("catalogue.db", environments.error(), "", kRestore));
    return false;
  }
  findings.push_back(told("catalogue.db: history", (*catalogue)->verify_changes(),
                          "every change is as it was made, and every document as its last change", kRestore));
  const auto key = (*catalogue)->fingerprint_key();
  findings.push_back(told("catalogue.db: secret", key ? ok() : Status(key.error()), "it is there", kRestore));
  findings.push_back(keys(**catalogue, *environments));
  findings.push_back(quarantine(**catalogue, *environments));
  findings.push_back(erasures(**catalogue));
  findings.push_back(expiries(**catalogue));
  return true;
}

}  // namespace touchstone::storage::examination
