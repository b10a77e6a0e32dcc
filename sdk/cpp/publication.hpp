#pragma once

#include <memory>

#include "assign/snapshot.hpp"

namespace touchstone::sdk {

using Configuration = std::shared_ptr<const assign::Snapshot>;

/// The configuration that evaluations read. Each thread keeps a view and a reference count of its own, so that readers
/// on many cores share nothing that is written.
class Publication {
 public:
  Publication();
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  void publish(Configuration next);

  /// The newest; null before the first. No lock, unless something was published since this thread's last call.
  [[nodiscard]] Configuration pin() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace touchstone::sdk
