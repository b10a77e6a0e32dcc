#include <fmt/format.h>

#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"
#include "storage/segment.hpp"

namespace touchstone::storage {
namespace {

/// Big-endian, so that the bytes sort as the number does.
std::array<unsigned char, 16> bytes_of(const Fingerprint& name) {
  std::array<unsigned char, 16> bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<unsigned char>(name.high >> (56U - 8U * i));
    bytes[8 + i] = static_cast<unsigned char>(name.low >> (56U - 8U * i));
  }
  return bytes;
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
      auto segment = decode_segment(row.bytes(2));
      if (!segment) return segment.error();
      all.push_back({row.number<std::uint64_t>(0), row.number<std::uint32_t>(1), std::move(segment->batch)});
    }
    return all;
  });
}

Status Catalogue::release(std::uint32_t environment, std::uint64_t id) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->quarantine_release(environment, id);
    if (!row.step()) return Error{ErrorCode::not_found, fmt::format("nothing is quarantined as {}", id), {}, {}};
    return ok();
  });
}

}  // namespace touchstone::storage
