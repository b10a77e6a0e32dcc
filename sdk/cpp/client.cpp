#include "sdk/cpp/client.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "assign/decide.hpp"
#include "sdk/cpp/board.hpp"
#include "sdk/cpp/delivery.hpp"
#include "sdk/cpp/elsewhere.hpp"
#include "sdk/cpp/event_ids.hpp"
#include "sdk/cpp/exposure_ring.hpp"
#include "sdk/cpp/met_before.hpp"
#include "sdk/cpp/outbox.hpp"
#include "sdk/cpp/publication.hpp"
#include "sdk/cpp/sync.hpp"
#include "sdk/cpp/transfers.hpp"
#include "sdk/cpp/typed_value.hpp"
#include "sdk/wire/event_json.hpp"

namespace touchstone::sdk {
namespace {

using assign::Decision;
using assign::Snapshot;
using assign::Subject;
using std::chrono::milliseconds;

constexpr std::size_t largest_item = 32'768;
constexpr std::size_t largest_batch = 1'000;

assign::Instant system_time() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Options checked(Options options) {
  const auto demand = [](bool right, const char* words) {
    if (!right) throw std::invalid_argument(words);
  };
  while (options.address.ends_with('/')) options.address.pop_back();
  demand(options.address.empty() || options.address.starts_with("http://") || options.address.starts_with("https://"),
         "address: http://... or https://..., or nothing to work offline");
  demand(options.address.empty() || !options.key.empty(), "key: a server is asked with a key of kind sdk or server");
  demand(options.batch >= 1 && options.batch <= largest_batch, "batch: 1 to 1,000 events");
  demand(options.flush_every > milliseconds(0), "flush_every: more than nothing");
  demand(options.retry_from > milliseconds(0) && options.retry_from <= options.retry_to,
         "retry_from: more than nothing, at most retry_to");
  if (!options.now) options.now = system_time;
  return options;
}

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

/// Signals go to the threads of the program that the client lives in.
template <class Body>
std::thread thread_without_signals(Body body) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(body));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

Problem problem_of(assign::Problem problem) noexcept {
  switch (problem) {
    case assign::Problem::flag_not_found:
      return Problem::flag_not_found;
    case assign::Problem::targeting_key_missing:
      return Problem::targeting_key_missing;
    case assign::Problem::none:
      break;
  }
  return Problem::none;
}

std::optional<std::string_view> json_in(const Snapshot&, const Decision& decision) { return decision.value; }

/// The caller's default, and why.
template <class T>
Answer<T> no_answer(T otherwise, Problem problem, assign::Cause cause) {
  return {.value = otherwise, .reason = assign::Reason::error, .cause = cause, .problem = problem};
}

/// A decision in the type asked for: `read` gives its value, or nothing where the flag is of another type.
template <class T, class Read>
Answer<T> typed(const Snapshot& snapshot, const Decision& decision, T otherwise, Read read) {
  const auto value = decision.value.empty() ? std::optional<T>(otherwise) : read(snapshot, decision);
  if (!value) return no_answer(otherwise, Problem::type_mismatch, decision.cause);
  return {.value = *value,
          .reason = decision.reason,
          .cause = decision.cause,
          .problem = problem_of(decision.problem),
          .variant = decision.variant,
          .experiment = decision.experiment,
          .exposure = decision.exposure};
}

template <class T, class Read>
Answer<T> answer_of(Configuration&& configuration, std::string_view flag, const Subject& subject, T otherwise,
                    Read read) {
  const Elsewhere elsewhere(*configuration, subject.memory);
  const auto decision = assign::decide(*configuration, flag,
                                       {subject.units, subject.attributes, subject.sticky, subject.forced, &elsewhere});
  auto answer = elsewhere.asked() ? no_answer(otherwise, Problem::not_local, assign::Cause::external)
                                  : typed(*configuration, decision, otherwise, read);
  answer.config_version = configuration->config_version();
  answer.configuration = std::move(configuration);
  return answer;
}

}  // namespace

struct Client::State {
  const Options options;
  Publication publication;
  Board board;
  MetBefore met;
  ExposureRing ring;
  Outbox outbox;
  EventIds ids;
  std::atomic<std::uint64_t> dropped{0};
  Transfers transfers;
  Sync sync;
  Delivery delivery;
  std::mutex closing_mutex;
  std::atomic<Moment> give_up_at{Moment::max()};
  std::atomic<bool> closing{false};
  std::thread thread;

  State(Options given, std::uint64_t seed);

  void run();
  void take_turn();
  [[nodiscard]] bool ended() const;
  bool close(milliseconds within);
  Status queue(std::string item);
  Status refuse(Status bad);
  void report(const assign::Exposure& exposure, std::int64_t config_version);
  [[nodiscard]] bool silent() const { return options.address.empty() || closing.load(std::memory_order_relaxed); }

  template <class T, class Read>
  Answer<T> answer(std::string_view flag, const Subject& subject, T otherwise, Read read);
};

Client::State::State(Options given, std::uint64_t seed)
    : options(checked(std::move(given))),
      outbox(options.most_waiting),
      transfers({options.connect_within, options.authorities.string()}),
      sync(options, seed, transfers, publication, board),
      delivery(options, seed + 2, transfers, ring, outbox, board) {
  if (!options.address.empty()) thread = thread_without_signals([this] { run(); });
}

void Client::State::run() {
  while (!ended()) {
    try {
      take_turn();
    } catch (const std::exception& failure) {  // memory was short: what was not done is still due
      board.change([&failure](ClientStatus& status) { status.last_error = failure.what(); });
      transfers.work(options.retry_from);
    }
  }
}

void Client::State::take_turn() {
  const auto now = std::chrono::steady_clock::now();
  const auto asked = closing ? Moment::max() : sync.step(now);
  const auto next = std::min({asked, delivery.step(now), now + options.flush_every, give_up_at.load()});
  if (ended()) return;
  transfers.work(std::chrono::ceil<milliseconds>(std::max(next - now, Moment::duration(0))));
}

bool Client::State::ended() const {
  return closing && ((delivery.idle() && ring.waiting() == 0) || std::chrono::steady_clock::now() >= give_up_at.load());
}

bool Client::State::close(milliseconds within) {
  const std::lock_guard lock(closing_mutex);
  give_up_at = std::chrono::steady_clock::now() + within;
  closing = true;
  delivery.ask_flush();
  transfers.wake();
  if (thread.joinable()) thread.join();
  const auto left = outbox.waiting() + ring.waiting();
  dropped += left;
  outbox.settle(outbox.waiting());
  while (ring.take([](const Met&) {})) {
  }
  board.change([](ClientStatus& status) {
    status.phase = Phase::closed;
    status.streaming = false;
  });
  return left == 0;
}

Status Client::State::queue(std::string item) {
  if (item.size() > largest_item)
    return refuse(Error{ErrorCode::too_large, "the event is too large", "", "at most 32,768 bytes of JSON"});
  const auto waiting = silent() ? std::nullopt : outbox.push(std::move(item));
  if (!waiting) {
    ++dropped;
    return Error{ErrorCode::unavailable, "the event was dropped", "", "the queue is full, or nobody sends it"};
  }
  if (*waiting == options.batch) transfers.wake();
  return ok();
}

Status Client::State::refuse(Status bad) {
  board.change([](ClientStatus& status) { ++status.refused; });
  return bad;
}

void Client::State::report(const assign::Exposure& exposure, std::int64_t config_version) {
  const auto fingerprint = MetBefore::fingerprint(exposure);
  if (met.contains(fingerprint) || options.address.empty()) return;
  const Met now_met{options.now(), config_version, exposure.experiment, exposure.variant, exposure.unit};
  const auto pushed = silent() ? ExposureRing::Push::full : ring.push(now_met);
  if (pushed == ExposureRing::Push::full) {
    ++dropped;
    return;
  }
  met.remember(fingerprint);
  if (pushed == ExposureRing::Push::half_full) transfers.wake();
}

template <class T, class Read>
Answer<T> Client::State::answer(std::string_view flag, const Subject& subject, T otherwise, Read read) {
  auto configuration = publication.pin();
  if (configuration == nullptr) return no_answer(otherwise, Problem::not_ready, assign::Cause::unknown);
  auto answer = answer_of<T>(std::move(configuration), flag, subject, otherwise, read);
  if (answer.exposure && answer.exposure->by == assign::ExposedBy::evaluate)
    report(*answer.exposure, answer.config_version);
  return answer;
}

Client::Client(Options options) : state_(std::make_unique<State>(std::move(options), random_seed())) {}

Client::~Client() { close(state_->options.close_within); }

bool Client::ready() const { return state_->publication.pin() != nullptr; }

bool Client::wait_until_ready(milliseconds within) const {
  return state_->board.wait(within, [](const ClientStatus& status) { return status.origin != Origin::none; });
}

Answer<bool> Client::boolean(std::string_view flag, const Subject& subject, bool otherwise) const {
  return state_->answer<bool>(flag, subject, otherwise, boolean_in);
}

Answer<std::int64_t> Client::integer(std::string_view flag, const Subject& subject, std::int64_t otherwise) const {
  return state_->answer<std::int64_t>(flag, subject, otherwise, integer_in);
}

Answer<double> Client::number(std::string_view flag, const Subject& subject, double otherwise) const {
  return state_->answer<double>(flag, subject, otherwise, number_in);
}

Answer<std::string_view> Client::text(std::string_view flag, const Subject& subject, std::string_view otherwise) const {
  return state_->answer<std::string_view>(flag, subject, otherwise, text_in);
}

Answer<std::string_view> Client::json(std::string_view flag, const Subject& subject, std::string_view otherwise) const {
  return state_->answer<std::string_view>(flag, subject, otherwise, json_in);
}

void Client::all(const Subject& subject,
                 const std::function<void(std::string_view, const Answer<std::string_view>&)>& sink) const {
  const auto configuration = state_->publication.pin();
  if (configuration == nullptr) return;
  for (std::uint32_t i = 0; i < configuration->flag_count(); ++i) {
    const auto flag = configuration->key(assign::FlagId{i});
    sink(flag, answer_of<std::string_view>(Configuration(configuration), flag, subject, {}, json_in));
  }
}

void Client::report(const assign::Exposure& exposure, std::int64_t config_version) const {
  state_->report(exposure, config_version);
}

Status Client::track(const Event& event) {
  if (auto good = check(event); !good) return state_->refuse(std::move(good));
  const auto id = event.id.empty() ? state_->ids.next() : std::string(event.id);
  return state_->queue(
      wire::write_item({id, event.unit, event.at ? *event.at : state_->options.now()},
                       wire::EventItem{event.name, event.value, event.properties, event.channel, event.touchpoint}));
}

Status Client::link(const assign::Unit& unit, const assign::Unit& to) {
  if (auto good = check_unit(unit, "/unit"); !good) return state_->refuse(std::move(good));
  if (auto good = check_unit(to, "/to"); !good) return state_->refuse(std::move(good));
  return state_->queue(wire::write_link({state_->ids.next(), unit, state_->options.now()}, to));
}

Status Client::traits(const assign::Unit& unit, assign::Attributes attributes) {
  if (auto good = check_unit(unit, "/unit"); !good) return state_->refuse(std::move(good));
  if (auto good = check_attributes(attributes, "/attributes"); !good) return state_->refuse(std::move(good));
  return state_->queue(wire::write_traits({state_->ids.next(), unit, state_->options.now()}, attributes));
}

bool Client::flush(milliseconds within) {
  if (state_->silent()) return state_->outbox.waiting() == 0;
  const auto asked = state_->delivery.ask_flush();
  state_->transfers.wake();
  return state_->board.wait(within, [&](const ClientStatus&) { return state_->delivery.flushed() >= asked; });
}

bool Client::close(milliseconds within) { return state_->close(within); }

ClientStatus Client::status() const {
  auto status = state_->board.read();
  const auto& options = state_->options;
  if (status.phase == Phase::ready && options.now() - *status.heard_at > options.stale_after)
    status.phase = Phase::stale;
  status.waiting = state_->outbox.waiting() + state_->ring.waiting();
  status.dropped = state_->dropped;
  return status;
}

}  // namespace touchstone::sdk
