#include "service/fast/view.hpp"

#include <utility>

namespace touchstone::fast {

void View::put(std::uint32_t environment, std::shared_ptr<const assign::Snapshot> snapshot) {
  if (snapshots.size() <= environment) {
    snapshots.resize(environment + 1);
    asked.resize(environment + 1);
  }
  const auto& before = asked[environment];
  asked[environment] =
      before ? std::make_shared<const Asked>(snapshot, *before) : std::make_shared<const Asked>(snapshot);
  snapshots[environment] = std::move(snapshot);
}

}  // namespace touchstone::fast
