#pragma once

#include <mutex>
#include <set>

#include "storage/catalogue.hpp"

namespace touchstone::api {

/// Names of what is being done just now, each at most once. Any thread may call.
class Turns {
 public:
  /// Holds a name for as long as it lives, unless somebody else had it.
  class Turn {
   public:
    Turn(Turns& turns, const storage::Digest& name) : turns_(&turns), name_(name), ours_(turns.begin(name)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      if (ours_) turns_->end(name_);
    }
    explicit operator bool() const noexcept { return ours_; }

   private:
    Turns* turns_;
    storage::Digest name_;
    bool ours_;
  };

 private:
  bool begin(const storage::Digest& name) {
    const std::lock_guard lock(guarding_);
    return names_.insert(name).second;
  }
  void end(const storage::Digest& name) {
    const std::lock_guard lock(guarding_);
    names_.erase(name);
  }

  std::mutex guarding_;
  std::set<storage::Digest> names_;
};

}  // namespace touchstone::api
