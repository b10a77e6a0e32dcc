#include "service/api/live_board.hpp"

#include <exception>
#include <new>

namespace touchstone::api {

namespace {

using Clock = std::chrono::steady_clock;

/// A look that nobody waits for any more.
struct GivenUp : std::exception {};

}  // namespace

LiveBoard::LiveBoard(AskVersion version, Look look, std::chrono::milliseconds pace, std::size_t most_listeners)
    : version_(std::move(version)), look_(std::move(look)), pace_(pace), most_listeners_(most_listeners) {}

void LiveBoard::start(std::function<void()> wake) {
  wake_ = std::move(wake);
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void LiveBoard::stop() { thread_ = {}; }

std::shared_ptr<const LiveBoard::Channel> LiveBoard::listen(std::uint32_t environment, std::string_view experiment) {
  const Topics::key_type of{environment, std::string(experiment)};
  const std::lock_guard lock(room_->mutex);
  if (room_->listeners >= most_listeners_) return nullptr;
  auto& topic = room_->topics[of];
  if (!topic) topic = std::make_shared<Topic>();
  ++topic->listeners;
  ++room_->listeners;
  room_->fresh = true;
  room_->changed.notify_one();
  return {&topic->channel, [room = room_, topic, of](const Channel*) { leave(*room, of); }};
}

void LiveBoard::leave(Room& room, const Topics::key_type& of) {
  const std::lock_guard lock(room.mutex);
  --room.listeners;
  const auto topic = room.topics.find(of);
  if (--topic->second->listeners == 0) room.topics.erase(topic);
}

void LiveBoard::work(const std::stop_token& stop) {
  auto passed = Clock::now();
  while (!stop.stop_requested()) {
    Topics topics;
    {
      std::unique_lock lock(room_->mutex);
      room_->changed.wait(lock, stop, [this] { return !room_->topics.empty(); });
      room_->changed.wait_until(lock, stop, passed + pace_, [this] { return room_->fresh; });
      room_->fresh = false;
      try {
        topics = room_->topics;
      } catch (const std::bad_alloc&) {
        passed = Clock::now();  // another look follows
        continue;
      }
    }
    const bool all = Clock::now() >= passed + pace_;
    if (all) passed = Clock::now();
    for (const auto& [of, topic] : topics)
      if (!stop.stop_requested() && (all || !topic->seen)) look_at(of, *topic, stop);
  }
}

void LiveBoard::look_at(const Topics::key_type& of, Topic& topic, const std::stop_token& stop) try {
  const auto version = version_(of.first);  // first: what comes while it looks is looked at again
  if (topic.seen == version) return;
  auto state = look_(of.first, of.second, teller(topic, stop));
  if (!state) return;
  topic.seen = version;
  const auto before = topic.channel.load();
  const bool same = before->state && before->state->id == state->id;
  if (same && !before->stage) return;
  auto next = same ? before->state : std::make_shared<const LiveState>(std::move(*state));
  topic.channel.publish(std::make_shared<const Shown>(Shown{std::move(next), {}}));
  wake_();
} catch (const std::bad_alloc&) {
  return;  // another look follows
} catch (const GivenUp&) {
  return;
}

judge::TellStage LiveBoard::teller(Topic& topic, const std::stop_token& stop) {
  const auto begun = Clock::now();
  return [this, &topic, stop, begun, told = begun](const judge::Stage& stage) mutable {
    if (stop.stop_requested() || topic.listeners == 0) throw GivenUp();
    const auto now = Clock::now();
    if (now - begun < pace_ || now - told < pace_ / 4) return;
    told = now;
    topic.channel.publish(std::make_shared<const Shown>(Shown{topic.channel.load()->state, stage}));
    wake_();
  };
}

}  // namespace touchstone::api
