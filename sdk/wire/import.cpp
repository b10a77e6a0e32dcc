#include "sdk/wire/import.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

#include <fmt/ranges.h>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire {
namespace {

constexpr std::size_t largest_file = 64U << 20U;
constexpr std::size_t deepest_file = 64;

struct Reader {
  std::string_view vendor;
  void (*read)(const Cursor& file, import::Importer& into);
};

constexpr std::array<Reader, 10> readers = {{
    {"eppo", import::eppo},
    {"flagd", import::flagd},
    {"growthbook", import::growthbook},
    {"launchdarkly", import::launchdarkly},
    {"optimizely", import::optimizely},
    {"planout-core", import::planout_core},
    {"planout-js", import::planout_js},
    {"posthog", import::posthog},
    {"statsig", import::statsig},
    {"unleash", import::unleash},
}};

}  // namespace

Result<Imported> import_configuration(std::string_view vendor, std::string_view json) {
  const auto reader =
      std::find_if(readers.begin(), readers.end(), [&](const Reader& one) { return one.vendor == vendor; });
  if (reader == readers.end())
    return Error{ErrorCode::invalid, "configurations of " + std::string(vendor) + " cannot be read", "",
                 fmt::format("{} can", fmt::join(importers(), ", "))};
  auto node = parse_document(json, largest_file, deepest_file);
  if (!node) return std::move(node).error();
  std::optional<Error> problem;
  import::Importer importer(vendor);
  try {
    reader->read(Cursor(*node, "", problem), importer);
  } catch (const std::exception& broken) {  // a part has another type than the vendor writes
    return Error{ErrorCode::invalid, fmt::format("this is no configuration of {}: {}", vendor, broken.what()), "",
                 "export it once more"};
  }
  if (problem) return *std::move(problem);
  return std::move(importer).finish();
}

std::span<const std::string_view> importers() {
  static const auto names = [] {
    std::array<std::string_view, readers.size()> all;
    std::transform(readers.begin(), readers.end(), all.begin(), [](const Reader& one) { return one.vendor; });
    return all;
  }();
  return names;
}

assign::SnapshotDocument snapshot_of(const Imported& imported) {
  assign::SnapshotDocument document;
  document.flags = imported.flags;
  for (const auto& [key, experiment] : imported.experiments) document.experiments.emplace(key, experiment.document);
  return document;
}

}  // namespace touchstone::wire
