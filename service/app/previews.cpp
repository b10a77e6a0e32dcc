#include "service/app/previews.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/fast/preview.hpp"

namespace touchstone::app {

Result<MadePreview> make_preview(const Service& service, std::uint32_t environment, const WantedPreview& wanted) {
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(wanted.experiment);
  if (found == agreed->experiments.end())
    return Error{ErrorCode::not_found, "no experiment \"" + wanted.experiment + "\"", "/experiment", "Name one."};
  const auto& experiment = found->second;
  if (experiment.state != storage::ExperimentState::running)
    return Error{ErrorCode::conflict, "the experiment is " + std::string(storage::name_of(experiment.state)),
                 "/experiment", "Only running experiments are served: start it, with coverage 0 for nobody else."};
  if (std::ranges::find(experiment.variants, wanted.variant, &storage::Variant::key) == experiment.variants.end())
    return Error{ErrorCode::invalid, "there is no variant of this key", "/variant", "Name a variant."};
  if (wanted.lifetime < std::chrono::seconds(1) || wanted.lifetime > kLongestPreview)
    return Error{ErrorCode::invalid, "not within a second and 30 days", "/expires_in", "Send \"24h\"."};
  const Time expires = std::chrono::ceil<std::chrono::seconds>(service.now() + wanted.lifetime);
  return MadePreview{
      fast::write_preview(service.secrets().previews, {environment, expires, experiment.key, wanted.variant}), expires};
}

}  // namespace touchstone::app
