#include "service/app/erasures.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "assign/key.hpp"
#include "assign/unit.hpp"
#include "service/codec/erasure_json.hpp"
#include "storage/journal.hpp"
#include "storage/listing.hpp"

namespace touchstone::app {
namespace {

constexpr std::string_view kWord = "erasure";
constexpr std::string_view kUnfinished =
    "It is ordered, and what comes of the unit is refused. Ask again to finish it, or restart the service.";

Status check(const storage::UnitName& unit) {
  if (!assign::valid_key(unit.type))
    return Error{ErrorCode::invalid, "not a type of unit", "/unit_type", "Name it as events do: user, device, ..."};
  if (!assign::valid_unit_id(unit.id))
    return Error{ErrorCode::invalid, "not a unit's id", "/unit", "Give 1 to 256 bytes without control characters."};
  return ok();
}

Result<storage::Fingerprint> hash_of(const Service& service, std::uint32_t environment, const storage::UnitName& unit) {
  if (Status valid = check(unit); !valid) return valid.error();
  const auto key = service.ask([](const storage::Catalogue& catalogue) { return catalogue.fingerprint_key(); });
  if (!key) return key.error();
  return storage::Fingerprinter(*key).unit(environment, unit.ref());
}

Result<storage::Erasure> find(const Service& service, std::uint32_t environment, const storage::Fingerprint& unit) {
  return service.ask([&](const storage::Catalogue& catalogue) { return catalogue.erasure(environment, unit); });
}

/// The audit of an erasure is a document whose versions are its orders and their ends.
Result<Revision::Edit> audit_of(const Service& service, const storage::Erasure& erasure) {
  const auto key = codec::hash_text(erasure.unit);
  const auto former = service.ask(
      [&](const storage::Catalogue& catalogue) { return catalogue.document(erasure.environment, kWord, key); });
  if (!former && former.error().code != ErrorCode::not_found) return former.error();
  return Revision::Edit{kWord, key, codec::write_erasure_audit(erasure), erasure.lifted.has_value(),
                        former ? former->version : 0};
}

/// In the transaction of its audit.
storage::CatalogueCommand ordering(storage::Erasure order) {
  return [order](storage::Catalogue& catalogue) mutable -> Status {
    const auto audit = catalogue.document(order.environment, kWord, codec::hash_text(order.unit));
    if (!audit) return audit.error();
    order.change = audit->seq;
    return catalogue.order_erasure(order);
  };
}

/// What an erasure is asked for: the unit, and those that go with it.
struct Request {
  std::uint32_t environment = 0;
  std::vector<storage::UnitName> units;
  std::uint64_t linked = 0;
  bool linked_too = false;
};

/// Of those that are not erased already.
Status order(Service& service, const Request& request, const storage::Actor& by) {
  return service.change(request.environment, by, [&](Revision& revision) -> Status {
    for (const storage::UnitName& unit : request.units) {
      const auto hash = hash_of(service, request.environment, unit);
      if (!hash) return hash.error();
      if (find(service, request.environment, *hash)) continue;
      storage::Erasure erasure;
      erasure.environment = request.environment;
      erasure.unit = *hash;
      erasure.ordered = by.at;
      erasure.linked = request.linked;
      erasure.linked_too = request.linked_too;
      auto audit = audit_of(service, erasure);
      if (!audit) return audit.error();
      revision.record(std::move(*audit), ordering(erasure));
    }
    return ok();
  });
}

bool names(const assign::Segment& segment, const storage::UnitName& unit) {
  const auto* list = std::get_if<assign::UnitList>(&segment);
  return list != nullptr && list->unit == unit.type && std::ranges::find(list->ids, unit.id) != list->ids.end();
}

/// In any version: the history of what was agreed is a chain, from which nothing can be taken.
Result<std::vector<std::string>> lists_with(const Service& service, std::uint32_t environment,
                                            const storage::UnitName& unit) {
  std::vector<std::string> keys;
  const auto agreed = service.agreed(environment);
  for (const auto& [key, segment] : agreed->segments) {
    const auto versions = service.ask([&, &segment_key = key](const storage::Catalogue& catalogue) {
      return catalogue.history(environment, Entity<storage::SegmentRule>::word, segment_key);
    });
    if (!versions) return versions.error();
    const bool named = std::ranges::any_of(*versions, [&unit](const storage::Change& version) {
      const auto rule = Entity<storage::SegmentRule>::read_stored(version.document.text);
      return rule && names(rule->rule, unit);
    });
    if (named) keys.push_back(key);
  }
  return keys;
}

Time written(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto at = std::filesystem::last_write_time(file, ignored);
  return std::chrono::floor<Micros>(std::chrono::file_clock::to_sys(at));
}

/// Those that were noted, and copies from before a migration.
Result<std::vector<storage::BackupNote>> copies_before(const Service& service, Time then) {
  auto copies = service.ask([](const storage::Catalogue& catalogue) { return catalogue.backups(); });
  if (!copies) return copies.error();
  const auto folder = service.directory().backups();
  for (const auto& name : storage::names_in(folder))
    if (name.ends_with(".db")) copies->push_back({written(folder / name), (folder / name).string(), 0});
  std::erase_if(*copies, [then](const storage::BackupNote& copy) { return copy.at > then; });
  return copies;
}

}  // namespace

Result<std::string> erase_unit(Service& service, std::uint32_t environment, const storage::UnitName& unit,
                               bool linked_too, const storage::Actor& by) {
  if (Status valid = check(unit); !valid) return valid.error();
  const auto others = service.evidence(environment).others_of(unit.ref());
  Request request{environment, {unit}, others.size(), linked_too};
  if (linked_too) request.units.insert(request.units.end(), others.begin(), others.end());
  if (Status ordered = order(service, request, by); !ordered) return ordered.error();
  if (Status erased = service.writer().erase_and_wait(environment, request.units); !erased)
    return Error{erased.error().code, erased.error().message, "", std::string(kUnfinished)};
  return erasure_certificate(service, environment, unit);
}

Result<std::string> erasure_certificate(Service& service, std::uint32_t environment, const storage::UnitName& unit) {
  const auto hash = hash_of(service, environment, unit);
  if (!hash) return hash.error();
  const auto erasure = find(service, environment, *hash);
  if (!erasure) return erasure.error();
  auto removed = storage::JournalReader(service.directory()).erased(erasure->id);
  if (!removed) return removed.error();
  auto lists = lists_with(service, environment, unit);
  if (!lists) return lists.error();
  auto copies = copies_before(service, erasure->finished.value_or(service.now()));
  if (!copies) return copies.error();
  return codec::write_certificate({service.tenant(environment).key, unit.type, *erasure, std::move(*removed),
                                   std::move(*lists), std::move(*copies), service.now()},
                                  service.secrets().reports);
}

Status lift_erasure(Service& service, std::uint32_t environment, const storage::UnitName& unit,
                    const storage::Actor& by) {
  const auto hash = hash_of(service, environment, unit);
  if (!hash) return hash.error();
  return service.change(environment, by, [&](Revision& revision) -> Status {
    auto erasure = find(service, environment, *hash);
    if (!erasure) return erasure.error();
    erasure->lifted = by.at;
    auto audit = audit_of(service, *erasure);
    if (!audit) return audit.error();
    revision.record(std::move(*audit), [environment, hash = *hash, at = by.at](storage::Catalogue& catalogue) {
      return catalogue.lift_erasure(environment, hash, at);
    });
    return ok();
  });
}

}  // namespace touchstone::app
