#include <fmt/format.h>

#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"
#include "storage/segment.hpp"

namespace touchstone::storage {
namespace {

Result<Quarantined> read_quarantined(const sqlite::Rows& row) {
  auto segment = decode_segment(row.bytes(2));
  if (!segment) return segment.error();
  return Quarantined{row.number<std::uint64_t>(0), row.number<std::uint32_t>(1), std::move(segment->batch)};
}

}  // namespace

Status Catalogue::quarantine(std::uint32_t environment, const Fingerprint& name, const StoredEvent& event) {
  return sqlite::answering([&]() -> Status {
    const std::string body = encode_segment(environment, {&event, 1});
    impl_->quarantine_add.run(environment, sqlite::blob(bytes_of(name)), sqlite::Blob{body});
    return ok();
  });
}

Result<std::vector<Quarantined>> Catalogue::quarantined(std::uint32_t environment, std::uint64_t after,
                                                        std::uint32_t limit) const {
  return sqlite::answering([&]() -> Result<std::vector<Quarantined>> {
    std::vector<Quarantined> all;
    for (auto row = impl_->quarantined(environment, after, limit); row.step();) {
      auto one = read_quarantined(row);
      if (!one) return one.error();
      all.push_back(std::move(*one));
    }
    return all;
  });
}

Result<std::optional<Quarantined>> Catalogue::quarantined_after(std::uint64_t after) const {
  auto row = impl_->quarantine_each(after);
  if (!row.step()) return std::optional<Quarantined>{};
  auto one = read_quarantined(row);
  if (!one) return one.error();
  return std::optional(std::move(*one));
}

Status Catalogue::release(std::uint32_t environment, std::uint64_t id) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->quarantine_release(environment, id);
    if (!row.step()) return Error{ErrorCode::not_found, fmt::format("nothing is quarantined as {}", id), {}, {}};
    return ok();
  });
}

}  // namespace touchstone::storage
