#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/document.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// Something about one part of a vendor's file that its owner should know.
struct ImportNote {
  std::string where;  ///< as the file names it, such as `feature checkout, rule 2`
  std::string what;

  friend bool operator==(const ImportNote&, const ImportNote&) = default;
};

struct ImportedExperiment {
  assign::ExperimentDocument document;
  std::vector<std::uint32_t> weights;  ///< planned slots of each variant, for the check of the ratio;
                                       ///< sum to 1,000,000
};

/// What a vendor's configuration becomes here. Every unit keeps the value and
/// the variant that it has there, except where a note says otherwise.
struct Imported {
  assign::Keyed<assign::FlagDocument> flags;
  assign::Keyed<ImportedExperiment> experiments;
  std::vector<ImportNote> warnings;  ///< carried, but look at it
  std::vector<ImportNote> left_out;  ///< not carried, and why; nothing is
                                     ///< dropped without a line here
};

/// Turns a vendor's configuration export into flags and experiments. A flag is
/// carried whole or not at all. Errors: an unknown vendor, a file that is not
/// the vendor's.
[[nodiscard]] Result<Imported> import_configuration(std::string_view vendor, std::string_view json);

/// Names of the vendors whose files are read.
[[nodiscard]] std::span<const std::string_view> importers();

/// The import as a snapshot of its own.
[[nodiscard]] assign::SnapshotDocument snapshot_of(const Imported& imported);

}  // namespace touchstone::wire
