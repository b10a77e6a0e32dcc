#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "assign/current.hpp"
#include "assign/result.hpp"
#include "service/judge/stage.hpp"

namespace touchstone::api {

/// What an experiment shows at a moment, as its listeners are told.
struct LiveState {
  std::string id;     ///< another one where anything is another but the moment
  std::string text;   ///< JSON
  bool over = false;  ///< nothing comes after this
  std::string event = "state";
};

/// The states of experiments to whom somebody listens: looked at by one thread, once for all listeners of one, where
/// something has changed since, and at most once in `pace`. Nobody listens: nothing is looked at, and a look that tells
/// where it is ends there. Whoever accepts
/// events never hears of it. Any thread may call.
class LiveBoard {
 public:
  /// Changes with everything that a state could show.
  using Version = std::array<std::uint64_t, 3>;
  using AskVersion = std::function<Version(std::uint32_t environment)>;
  using Look = std::function<Result<LiveState>(std::uint32_t environment, const std::string& experiment,
                                               const judge::TellStage& tell)>;

  /// What listeners read. Of a look that takes longer than `pace` the stage, until it is done.
  struct Shown {
    std::shared_ptr<const LiveState> state;  ///< null before the first look
    std::optional<judge::Stage> stage;
  };
  using Channel = assign::Current<Shown>;

  LiveBoard(AskVersion version, Look look, std::chrono::milliseconds pace, std::size_t most_listeners);

  /// From now on `wake` is called after each change of any channel.
  void start(std::function<void()> wake);
  /// Looks no more. Safe to call twice.
  void stop();

  /// A place at an experiment's channel, kept for as long as any copy; null where all places are taken.
  [[nodiscard]] std::shared_ptr<const Channel> listen(std::uint32_t environment, std::string_view experiment);

 private:
  struct Topic {
    Channel channel{std::make_shared<const Shown>()};
    std::optional<Version> seen;
    std::atomic<std::size_t> listeners = 0;
  };
  using Topics = std::map<std::pair<std::uint32_t, std::string>, std::shared_ptr<Topic>>;
  /// Outlives the last place.
  struct Room {
    std::mutex mutex;
    std::condition_variable_any changed;
    Topics topics;
    std::size_t listeners = 0;
    bool fresh = false;  ///< somebody listens to what was not looked at yet
  };
  static void leave(Room& room, const Topics::key_type& of);

  void work(const std::stop_token& stop);
  void look_at(const Topics::key_type& of, Topic& topic, const std::stop_token& stop);
  [[nodiscard]] judge::TellStage teller(Topic& topic, const std::stop_token& stop);

  AskVersion version_;
  Look look_;
  std::chrono::milliseconds pace_;
  std::size_t most_listeners_;
  std::function<void()> wake_;
  std::shared_ptr<Room> room_ = std::make_shared<Room>();
  std::jthread thread_;
};

}  // namespace touchstone::api
