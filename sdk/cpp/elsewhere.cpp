#include "sdk/cpp/elsewhere.hpp"

#include <cstdint>

#include "assign/tables.hpp"

namespace touchstone::sdk {
namespace {

constexpr std::string_view layer_of_such = "touchstone-1k.elsewhere";
constexpr std::string_view salt_of_the_layer = "-----------------------";  // nothing is drawn under either
constexpr std::string_view salt_of_such = "_______________________";

bool is_drawn_elsewhere(const assign::Snapshot& snapshot, std::string_view experiment) noexcept {
  const auto place = snapshot.experiment(experiment);
  return place && snapshot.tables().details[static_cast<std::uint32_t>(*place)].layer == layer_of_such;
}

}  // namespace

void take_no_new_units_where_the_server_draws(assign::SnapshotDocument& document) {
  for (auto& [key, experiment] : document.experiments) {
    if (experiment.scheme != "touchstone-1k") continue;
    experiment.scheme = "touchstone-1";
    experiment.layer = layer_of_such;
    experiment.salt = salt_of_such;
    experiment.enrolling = false;
    experiment.entry.clear();
    experiment.slots.clear();
    document.layers[std::string(layer_of_such)].salt = salt_of_the_layer;
  }
}

std::optional<assign::Met> Elsewhere::find(std::string_view experiment, const assign::Unit& unit) const noexcept {
  auto met = known_ == nullptr ? std::nullopt : known_->find(experiment, unit);
  asked_ |= !met && is_drawn_elsewhere(*snapshot_, experiment);
  return met;
}

}  // namespace touchstone::sdk
