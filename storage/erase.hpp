#pragma once

#include <set>
#include <vector>

#include "assign/result.hpp"
#include "storage/catalogue.hpp"
#include "storage/erased_units.hpp"
#include "storage/erasure.hpp"
#include "storage/journal.hpp"
#include "storage/sqlite/handle.hpp"

namespace touchstone::storage {

/// Takes every event of the units out of one file of the journal, in one transaction, which also says what was taken;
/// then rebuilds the file, so that none of its pages, nor of its log, keeps what is no longer part of it. `days` gets
/// the days of the events. May be repeated. Throws sqlite::Failure. Errors: internal where a segment is damaged.
Status erase_from(sqlite::Handle& db, ErasedUnits& units, const FingerprintKey& sets, std::set<Day>& days);

/// Carries out what was ordered, in the journal and in quarantine; finish() then notes it. Whatever cuts it off, it is
/// repeated whole. Errors: unavailable where the disk refuses or a reader holds a log for more than a second.
Status carry_out(const std::vector<Erasure>& orders, Catalogue& catalogue, Journal& journal, const FingerprintKey& key,
                 std::set<Day>& days);
Status finish(const std::vector<Erasure>& orders, Catalogue& catalogue, Time now);

}  // namespace touchstone::storage
