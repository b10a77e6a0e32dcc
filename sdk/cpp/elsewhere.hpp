#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/document.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"

namespace touchstone::sdk {

/// Experiments under touchstone-1k are drawn with a key that only the server has. Here they become experiments that
/// take no new units: a decision then asks what the unit met before exactly where it would have to draw.
void take_no_new_units_where_the_server_draws(assign::SnapshotDocument& document);

/// Flags of a document so changed, sorted, whose answer may come to such an experiment: by a rule or a condition, also
/// of what those need. Precondition: it compiles, so that nothing needs itself.
[[nodiscard]] std::vector<std::string> flags_that_may_need_the_server(const assign::SnapshotDocument& document);

/// Whom such a decision asks, beside the caller's own memory. Notes that it was asked what it cannot know.
class Elsewhere final : public assign::Memory {
 public:
  Elsewhere(const assign::Snapshot& snapshot, const assign::Memory* known) : snapshot_(&snapshot), known_(known) {}

  [[nodiscard]] std::optional<assign::Met> find(std::string_view experiment,
                                                const assign::Unit& unit) const noexcept override;
  [[nodiscard]] bool asked() const noexcept { return asked_; }

 private:
  const assign::Snapshot* snapshot_;
  const assign::Memory* known_;
  mutable bool asked_ = false;
};

}  // namespace touchstone::sdk
