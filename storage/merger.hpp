#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "storage/merge.hpp"

namespace touchstone::storage {

/// The thread that joins small segments. It reads and encodes beside the writer, which then only changes the rows
/// (`Journal::merge`), so that nobody waits for it longer than for one large commit.
class Merger {
 public:
  /// Has the writer do it and waits; on this thread.
  using Carry = std::function<Status(Merge merge)>;

  Merger(std::filesystem::path directory, MergeRules rules, Carry carry);
  Merger(const Merger&) = delete;
  Merger& operator=(const Merger&) = delete;
  ~Merger();  ///< stops

  /// What a commit added. From any thread; takes no lock but where there is enough for a look.
  void stored(std::size_t segments, std::size_t rows);
  /// Ends after what is being done. Safe to call twice.
  void stop();

 private:
  void run();
  void work();
  bool rest(std::chrono::nanoseconds pause);
  bool wait();

  std::filesystem::path directory_;
  MergeRules rules_;
  Carry carry_;
  std::atomic<std::size_t> segments_{0};
  std::atomic<std::size_t> rows_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool look_ = true;  ///< at what was there before
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace touchstone::storage
