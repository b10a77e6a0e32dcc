#include <utility>

#include "sdk/wire/snapshot_json.hpp"
#include "service/api/handlers.hpp"

namespace touchstone::api {

std::shared_ptr<const SnapshotCache::Written> SnapshotCache::of(const app::Service& service,
                                                                std::uint32_t environment) {
  const auto config_version = service.agreed(environment)->config_version;
  const std::lock_guard lock(mutex_);
  auto& cached = written_[environment];
  if (cached == nullptr || cached->config_version < config_version) {
    const auto published = service.published(environment);
    cached = std::make_shared<const Written>(
        Written{static_cast<std::uint64_t>(published.config_version), wire::write_snapshot(published)});
  }
  return cached;
}

Result<http::Response> show_snapshot(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto written = context.snapshots.of(context.service, caller.environment);
  return tagged(written->text, etag_of(written->config_version), request);
}

}  // namespace touchstone::api
