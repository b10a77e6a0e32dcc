#include "service/cli/demo_traffic.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace touchstone::cli {
namespace {

constexpr std::chrono::milliseconds kPause{200};

/// A moment ago, so that the whole visit lies behind us when it is told.
Time just_now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()) - std::chrono::seconds(1); }

}  // namespace

DemoTraffic::DemoTraffic(ShopClient client, const simulate::ShopOptions& shop, std::uint32_t first)
    : client_(std::move(client)), shop_(shop), next_(first), thread_([this] { run(); }) {}

DemoTraffic::~DemoTraffic() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void DemoTraffic::run() {
  while (rest())
    if (!serve(next_++)) return;
}

Status DemoTraffic::serve(std::uint32_t number) {
  std::array who{simulate::customer(shop_, number)};
  who[0].arrives = just_now();
  const auto sights = client_.ask(who);
  if (!sights) return sights.error();
  storage::EventBatch batch;
  simulate::visit(
      shop_, who[0], [&](std::size_t experiment) { return sights->front()[experiment]; }, batch);
  const auto sent = client_.send(batch);
  return sent ? ok() : Status(sent.error());
}

/// False where the end has come.
bool DemoTraffic::rest() {
  std::unique_lock lock(mutex_);
  return !ended_.wait_for(lock, kPause, [this] { return ending_; });
}

}  // namespace touchstone::cli
