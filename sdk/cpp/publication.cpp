#include "sdk/cpp/publication.hpp"

#include <atomic>
#include <utility>
#include <vector>

#include "assign/current.hpp"

namespace touchstone::sdk {

struct Publication::Shared {
  assign::Current<assign::Snapshot> current{nullptr};
  std::atomic<bool> abandoned{false};
};

namespace {

/// A thread's view of one publication.
template <class Shared>
class View {
 public:
  explicit View(std::shared_ptr<Shared> shared) : shared_(std::move(shared)), reader_(shared_->current) {}

  [[nodiscard]] const Shared* of() const { return shared_.get(); }
  [[nodiscard]] bool abandoned() const { return shared_->abandoned.load(std::memory_order_relaxed); }

  const Configuration& read() {
    const auto& latest = reader_.read();
    if (latest.get() != own_.get()) own_ = counted_here(latest);
    return own_;
  }

 private:
  /// The same snapshot under a count that only this thread and what it hands out touch.
  static Configuration counted_here(const Configuration& latest) {
    return {std::make_shared<Configuration>(latest), latest.get()};
  }

  std::shared_ptr<Shared> shared_;
  assign::Current<assign::Snapshot>::Reader reader_;
  Configuration own_;
};

}  // namespace

Publication::Publication() : shared_(std::make_shared<Shared>()) {}
Publication::~Publication() { shared_->abandoned = true; }

void Publication::publish(Configuration next) { shared_->current.publish(std::move(next)); }

Configuration Publication::pin() const {
  thread_local std::vector<View<Shared>> views;
  for (auto& view : views)
    if (view.of() == shared_.get()) return view.read();
  std::erase_if(views, [](const auto& view) { return view.abandoned(); });
  return views.emplace_back(shared_).read();
}

}  // namespace touchstone::sdk
