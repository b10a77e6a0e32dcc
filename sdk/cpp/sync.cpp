#include "sdk/cpp/sync.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "assign/snapshot.hpp"
#include "sdk/cpp/elsewhere.hpp"
#include "sdk/wire/snapshot_json.hpp"

namespace touchstone::sdk {
namespace {

constexpr int polls_saved_by_a_stream = 10;
constexpr long not_modified = 304;

Moment now() { return std::chrono::steady_clock::now(); }

Error unusable(const Error& error) {
  return {ErrorCode::invalid, "the configuration is unusable at \"" + error.pointer + "\": " + error.message, "", ""};
}

struct Compiled {
  Configuration configuration;
  std::vector<std::string> not_local;
};

Result<Compiled> compiled(std::string_view json) {
  auto document = wire::read_snapshot(json);
  if (!document) return unusable(document.error());
  take_no_new_units_where_the_server_draws(*document);
  auto snapshot = assign::Snapshot::compile(*document);
  if (!snapshot) return unusable(snapshot.error());
  return Compiled{std::move(*snapshot), flags_that_may_need_the_server(*document)};
}

Error went_back(std::int64_t version) {
  return {ErrorCode::conflict, "the server went back to configuration " + std::to_string(version), "", ""};
}

/// As the server has it at this moment.
void become_current(ClientStatus& status, assign::Instant at) {
  status.phase = Phase::ready;
  status.origin = Origin::server;
  status.heard_at = at;
  status.last_error.clear();
}

}  // namespace

Sync::Sync(const Options& options, std::uint64_t seed, Transfers& transfers, Publication& publication, Board& board)
    : options_(&options),
      transfers_(&transfers),
      publication_(&publication),
      board_(&board),
      cache_(options.cache_file, options.address, options.key),
      fetch_backoff_(options.retry_from, options.retry_to, seed),
      stream_backoff_(options.retry_from, options.retry_to, seed + 1) {
  if (!options.bootstrap.empty())
    if (const auto given = publish({"", options.bootstrap}, Origin::bootstrap); !given)
      throw std::invalid_argument("bootstrap: " + given.error().message);
  if (const auto kept = cache_.read())
    if (const auto read = publish(*kept, Origin::cache); !read) note(read.error().message);
}

Moment Sync::step(Moment now) {
  if (options_->address.empty()) return Moment::max();
  if (!fetching_ && now >= fetch_at_) fetch();
  if (options_->stream && !listening_ && now >= listen_at_) listen();
  return std::min(fetching_ ? Moment::max() : fetch_at_, options_->stream && !listening_ ? listen_at_ : Moment::max());
}

std::vector<std::string> Sync::headers() const { return {"Authorization: Bearer " + options_->key}; }

void Sync::fetch() {
  Asked asked{.url = options_->address + "/v1/snapshot", .headers = headers(), .within = options_->answer_within};
  if (!etag_.empty()) asked.headers.push_back("If-None-Match: " + etag_);
  transfers_->start(std::move(asked), [this](const Told& told) { take(told); });
  fetching_ = true;
  fetch_again_ = false;
}

void Sync::take(const Told& told) {
  fetching_ = false;
  if (told.whole(200)) {
    take_document(told);
  } else if (told.whole(not_modified)) {
    confirm();
  } else {
    fail(told.words(), told.retry_after);
  }
}

void Sync::take_document(const Told& told) {
  const Fetched fetched{told.etag, told.body};
  if (const auto published = publish(fetched, Origin::server); !published) return refuse(published.error());
  confirm();
  if (!cache_.write(fetched)) note("the configuration cannot be written to " + options_->cache_file.string());
}

/// A server that is behind, as one of several may be, is asked at the usual pace: its next answer may be as good as
/// ours.
void Sync::refuse(const Error& error) {
  if (error.code != ErrorCode::conflict) return fail(error.message, {});
  fetch_at_ = now() + pause();
  note(error.message);
}

void Sync::confirm() {
  fetch_backoff_.reset();
  fetch_at_ = fetch_again_ ? now() : now() + pause();
  board_->change([at = options_->now()](ClientStatus& status) { become_current(status, at); });
}

std::chrono::milliseconds Sync::pause() const {
  return streaming_ ? polls_saved_by_a_stream * options_->poll_every : options_->poll_every;
}

Status Sync::publish(const Fetched& fetched, Origin origin) {
  auto next = compiled(fetched.document);
  if (!next) return std::move(next).error();
  const auto version = next->configuration->config_version();
  if (origin != Origin::bootstrap) {
    if (version < version_) return went_back(version);
    version_ = version;
    etag_ = fetched.etag;
  }
  publication_->publish(std::move(next->configuration));
  board_->change([&](ClientStatus& status) {
    status.origin = origin;
    status.config_version = version;
    status.not_local = std::move(next->not_local);
    // At once with the rest: whoever waits for the start never sees as stale what the server just said.
    if (origin == Origin::server)
      become_current(status, options_->now());
    else if (status.phase == Phase::starting)
      status.phase = Phase::stale;
  });
  return ok();
}

void Sync::listen() {
  stream_ = {};
  Asked asked{.url = options_->address + "/v1/stream", .headers = headers(), .silence = options_->stream_silence};
  asked.headers.emplace_back("Accept: text/event-stream");
  if (announced_.empty() && version_ != 0) announced_ = std::to_string(version_);
  if (!announced_.empty()) asked.headers.push_back("Last-Event-ID: " + announced_);
  asked.on_bytes = [this](std::string_view bytes) { hear_bytes(bytes); };
  transfers_->start(std::move(asked), [this](const Told& told) { stream_ended(told); });
  listening_ = true;
}

void Sync::hear_bytes(std::string_view bytes) {
  streaming_ = true;
  stream_backoff_.reset();
  stream_.feed(bytes, [this](const EventStream::Message& message) { hear(message); });
  const bool current = announced_ == std::to_string(version_);
  board_->change([&](ClientStatus& status) {
    status.streaming = true;
    if (current && status.heard_at) status.heard_at = options_->now();
  });
}

void Sync::hear(const EventStream::Message& message) {
  if (message.event != "config") return;
  announced_ = message.id;
  if (announced_ == std::to_string(version_)) return;
  fetch_again_ = true;
  fetch_at_ = now();
}

void Sync::stream_ended(const Told& told) {
  listening_ = false;
  listen_at_ = now() + stream_backoff_.next(told.retry_after);
  if (std::exchange(streaming_, false)) fetch_at_ = std::min(fetch_at_, listen_at_);
  board_->change([](ClientStatus& status) { status.streaming = false; });
}

void Sync::fail(const std::string& words, std::optional<std::chrono::seconds> retry_after) {
  fetch_at_ = now() + fetch_backoff_.next(retry_after);
  note(words);
  board_->change([](ClientStatus& status) {
    if (status.phase == Phase::ready) status.phase = Phase::stale;
  });
}

void Sync::note(const std::string& words) {
  board_->change([&words](ClientStatus& status) { status.last_error = words; });
}

}  // namespace touchstone::sdk
