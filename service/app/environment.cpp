#include "service/app/environment.hpp"

#include <utility>

#include "service/app/load.hpp"

namespace touchstone::app {

using codec::EnvironmentSettings;

Result<EnvironmentSettings> environment_settings(const Service& service, std::uint32_t environment,
                                                 std::uint64_t config_version) {
  const auto documents = service.ask([&](const storage::Catalogue& catalogue) {
    return catalogue.documents_after(environment, kEnvironmentWord, last_change_of(config_version));
  });
  if (!documents) return documents.error();
  if (!documents->empty()) return codec::read_stored_environment(documents->front().text);
  const auto& tenant = service.tenant(environment);
  EnvironmentSettings unset;
  unset.project = tenant.project;
  unset.key = tenant.key;
  return unset;
}

Result<EnvironmentSettings> environment_settings(const Service& service, std::uint32_t environment) {
  return environment_settings(service, environment, service.agreed(environment)->config_version);
}

EnvironmentSettings change_environment(Revision& revision, EnvironmentSettings wanted) {
  const auto before = wanted.version++;
  revision.record({kEnvironmentWord, wanted.key, codec::write_environment(wanted), false, before},
                  [](storage::Catalogue&) { return ok(); });
  return wanted;
}

}  // namespace touchstone::app
