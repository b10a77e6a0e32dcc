#include "service/api/growthbook_cache.hpp"

namespace touchstone::api {

namespace {

GrowthbookCache::Payload written(const assign::SnapshotDocument& document, GrowthbookReader reader,
                                 std::string_view key, codec::GrowthbookMemory memory) {
  const auto payload = reader == GrowthbookReader::rules ? codec::growthbook_payload(document, memory)
                                                         : codec::growthbook_payload_for_all(document);
  return std::make_shared<const GrowthbookCache::Written>(
      GrowthbookCache::Written{static_cast<std::uint64_t>(document.config_version),
                               codec::write_growthbook(payload, document.config_version, document.published_at, key)});
}

}  // namespace

GrowthbookCache::Payload GrowthbookCache::of(const app::Service& service, std::uint32_t environment,
                                             GrowthbookReader reader) {
  const auto config_version = service.agreed(environment)->config_version;
  const std::lock_guard lock(writing_);
  const auto texts = texts_.load();
  const auto found = texts->find({environment, reader});
  if (found != texts->end() && found->second->config_version >= config_version) return found->second;
  auto next = std::make_shared<Texts>(*texts);
  auto made = written(service.published(environment), reader, key_, memory_);
  (*next)[{environment, reader}] = made;
  texts_.publish(std::move(next));
  return made;
}

void GrowthbookCache::refresh(const app::Service& service) {
  const auto asked_for = texts_.load();
  for (const auto& [whose, payload] : *asked_for) (void)of(service, whose.first, whose.second);
}

}  // namespace touchstone::api
