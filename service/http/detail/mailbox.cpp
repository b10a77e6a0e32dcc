#include "service/http/detail/mailbox.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace touchstone::http {

void Mailbox::expect() {
  const std::lock_guard lock(mutex_);
  if (expected_ + 1 > mail_.capacity()) mail_.reserve(std::max<std::size_t>(16, 2 * (expected_ + 1)));
  ++expected_;
}

void Mailbox::deliver(Mail mail) noexcept {
  const std::lock_guard lock(mutex_);
  if (!wake_) return;
  mail_.push_back(std::move(mail));
  if (mail_.size() > 1) return;
  try {
    wake_();
  } catch (...) {
    // No memory for a wake-up: the loop's next tick finds the letter.
  }
}

std::vector<Mail> Mailbox::take() {
  std::vector<Mail> taken;
  const std::lock_guard lock(mutex_);
  taken.reserve(mail_.size());
  std::ranges::move(mail_, std::back_inserter(taken));
  expected_ -= mail_.size();
  mail_.clear();
  return taken;
}

void Mailbox::close() noexcept {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  mail_.clear();
}

Ticket::Ticket(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, std::uint64_t turn,
               std::shared_ptr<void> request)
    : mailbox_(std::move(mailbox)), connection_(connection), turn_(turn), request_(std::move(request)) {
  mailbox_->expect();
}

Ticket::~Ticket() { answer(&refusal::dropped); }

void Ticket::answer(Outcome outcome) noexcept {
  if (!answered_.exchange(true)) mailbox_->deliver({connection_, turn_, std::move(outcome)});
}

}  // namespace touchstone::http
