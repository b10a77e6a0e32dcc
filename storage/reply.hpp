#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace touchstone::storage {

/// What one thread waits for and another gives. Unlike std::promise it needs no memory when it is given or dropped.
template <class Answer>
class Reply {
 public:
  /// Whoever holds one owes the answer; when the last copy is gone without it, the wait ends.
  class Giver {
   public:
    explicit Giver(std::shared_ptr<Reply> reply) : debt_(std::make_shared<Debt>(std::move(reply))) {}
    void give(Answer answer) const { debt_->reply->end(std::move(answer)); }

   private:
    struct Debt {
      explicit Debt(std::shared_ptr<Reply> to) : reply(std::move(to)) {}
      Debt(const Debt&) = delete;
      Debt& operator=(const Debt&) = delete;
      ~Debt() { reply->end(std::nullopt); }

      std::shared_ptr<Reply> reply;
    };
    std::shared_ptr<Debt> debt_;
  };

  /// Absent where the answer was dropped.
  std::optional<Answer> wait() {
    std::unique_lock lock(mutex_);
    given_.wait(lock, [this] { return ended_; });
    return std::move(answer_);
  }

 private:
  void end(std::optional<Answer> answer) noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (ended_) return;
      answer_ = std::move(answer);
      ended_ = true;
    }
    given_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable given_;
  bool ended_ = false;
  std::optional<Answer> answer_;
};

}  // namespace touchstone::storage
