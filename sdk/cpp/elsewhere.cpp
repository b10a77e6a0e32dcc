#include "sdk/cpp/elsewhere.hpp"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "assign/tables.hpp"

namespace touchstone::sdk {
namespace {

constexpr std::string_view layer_of_such = "touchstone-1k.elsewhere";
constexpr std::string_view salt_of_the_layer = "-----------------------";  // nothing is drawn under either
constexpr std::string_view salt_of_such = "_______________________";

class Needs {
 public:
  explicit Needs(const assign::SnapshotDocument& document) : document_(document) {}

  [[nodiscard]] bool flag(const assign::FlagDocument& flag) const {
    return flag.enabled && std::ranges::any_of(flag.rules, [this](const assign::RuleDocument& rule) {
             const auto* run = std::get_if<assign::RunDocument>(&rule.action);
             return condition(rule.when) || (run != nullptr && experiment(run->experiment));
           });
  }

 private:
  using Kind = assign::Condition::Kind;

  [[nodiscard]] bool experiment(const std::string& key) const {
    const auto& experiment = document_.experiments.find(key)->second;
    return experiment.layer == layer_of_such || condition(experiment.when) ||
           std::ranges::any_of(experiment.overrides, [this](const auto& forced) { return condition(forced.when); });
  }

  [[nodiscard]] bool condition(const std::optional<assign::Condition>& asked) const {
    return asked && condition(*asked);
  }

  /// Segments depend on attributes and ids alone.
  [[nodiscard]] bool condition(const assign::Condition& asked) const {
    if (asked.kind == Kind::flag) return flag(document_.flags.find(asked.name)->second);
    if (asked.kind == Kind::variant) return experiment(asked.name);
    return std::ranges::any_of(asked.children, [this](const auto& child) { return condition(child); });
  }

  const assign::SnapshotDocument& document_;
};

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

std::vector<std::string> flags_that_may_need_the_server(const assign::SnapshotDocument& document) {
  const Needs needs(document);
  std::vector<std::string> keys;
  for (const auto& [key, flag] : document.flags)
    if (needs.flag(flag)) keys.push_back(key);
  return keys;
}

std::optional<assign::Met> Elsewhere::find(std::string_view experiment, const assign::Unit& unit) const noexcept {
  auto met = known_ == nullptr ? std::nullopt : known_->find(experiment, unit);
  asked_ |= !met && is_drawn_elsewhere(*snapshot_, experiment);
  return met;
}

}  // namespace touchstone::sdk
