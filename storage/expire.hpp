#pragma once

#include <set>

#include "assign/result.hpp"
#include "storage/catalogue.hpp"
#include "storage/expiry.hpp"
#include "storage/fingerprint.hpp"
#include "storage/journal.hpp"
#include "storage/sqlite/handle.hpp"

namespace touchstone::storage {

/// Takes what expires out of one file of the journal, in one transaction, which also says which numbers went; then
/// rebuilds the file. `days` gets the days of the events. May be repeated. Throws sqlite::Failure. Errors: internal
/// where a segment is damaged.
Status expire_from(sqlite::Handle& db, const Expiry& order, const FingerprintKey& sets, std::set<Day>& days);

/// Carries out an order, in the journal and in quarantine. Whatever cuts it off, it is repeated whole. Errors:
/// unavailable where the disk refuses or a reader holds a log for more than a second.
Status carry_out(const Expiry& order, Catalogue& catalogue, Journal& journal, const FingerprintKey& key,
                 std::set<Day>& days);

}  // namespace touchstone::storage
