#include "assign/prerequisites.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/pointer.hpp"

namespace touchstone::assign {
namespace {

/// "/flags/KEY" or "/experiments/KEY": also the pointer to it.
using Place = std::string;

Place flag_place(std::string_view key) { return child_pointer("/flags", key); }
Place experiment_place(std::string_view key) { return child_pointer("/experiments", key); }

void add_needs(const Condition& condition, std::vector<Place>& needs) {
  if (condition.kind == Condition::Kind::flag) needs.push_back(flag_place(condition.name));
  if (condition.kind == Condition::Kind::variant) needs.push_back(experiment_place(condition.name));
  for (const auto& child : condition.children) add_needs(child, needs);
}

void add_needs(const std::optional<Condition>& condition, std::vector<Place>& needs) {
  if (condition) add_needs(*condition, needs);
}

class Chains {
 public:
  explicit Chains(const SnapshotDocument& document) {
    for (const auto& [key, flag] : document.flags) add(key, flag);
    for (const auto& [key, experiment] : document.experiments) add(key, experiment);
  }

  Status check() {
    for (const auto& [place, needs] : needs_)
      if (auto status = check(place, 0); !status) return status;
    return ok();
  }

 private:
  void add(const std::string& key, const FlagDocument& flag) {
    auto& needs = needs_[flag_place(key)];
    for (const auto& rule : flag.rules) {
      add_needs(rule.when, needs);
      if (const auto* run = std::get_if<RunDocument>(&rule.action)) inner_.emplace(flag_place(key), run->experiment);
    }
  }

  void add(const std::string& key, const ExperimentDocument& experiment) {
    auto& needs = needs_[experiment_place(key)];
    add_needs(experiment.when, needs);
    for (const auto& forced : experiment.overrides) add_needs(forced.when, needs);
  }

  Status check(const Place& place, std::size_t depth) {
    if (done_.contains(place)) return depth + done_[place] > ConditionLimits::prerequisites ? too_long(place) : ok();
    if (std::find(open_.begin(), open_.end(), place) != open_.end())
      return Error{ErrorCode::invalid, "its prerequisites lead back to itself", place,
                   "take one of them out of the circle"};
    if (depth > ConditionLimits::prerequisites) return too_long(place);
    open_.push_back(place);
    std::size_t height = 0;
    for (const auto& [next, step] : steps_from(place)) {
      if (auto status = check(next, depth + step); !status) return status;
      const auto below = done_.find(next);
      height = std::max(height, step + (below == done_.end() ? 0 : below->second));
    }
    open_.pop_back();
    done_[place] = height;
    return ok();
  }

  /// What deciding a place decides too. A flag's own experiment is no prerequisite: it costs no depth.
  [[nodiscard]] std::vector<std::pair<Place, std::size_t>> steps_from(const Place& place) const {
    std::vector<std::pair<Place, std::size_t>> steps;
    if (const auto needs = needs_.find(place); needs != needs_.end())
      for (const auto& need : needs->second) steps.emplace_back(need, 1);
    const auto [first, last] = inner_.equal_range(place);
    for (auto it = first; it != last; ++it) steps.emplace_back(experiment_place(it->second), 0);
    return steps;
  }

  static Status too_long(const Place& place) {
    return Error{ErrorCode::too_large, "too many flags and experiments need one another", place,
                 "at most " + std::to_string(ConditionLimits::prerequisites) + " deep"};
  }

  std::map<Place, std::vector<Place>> needs_;
  std::multimap<Place, std::string> inner_;  ///< a flag's experiments
  std::map<Place, std::size_t> done_;        ///< the longest chain below
  std::vector<Place> open_;
};

}  // namespace

Status check_prerequisites(const SnapshotDocument& document) { return Chains(document).check(); }

}  // namespace touchstone::assign
