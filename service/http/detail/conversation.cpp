#include "service/http/detail/conversation.hpp"

#include <algorithm>
#include <utility>

#include "service/http/detail/inflate.hpp"
#include "service/http/detail/target.hpp"

namespace touchstone::http {
namespace {

constexpr std::size_t kRoomBesideHead = 8'192;
constexpr std::size_t kFirstBodyRoom = 16'384;
constexpr std::size_t kKeptBytes = 65'536;
constexpr std::size_t kLineBesideTarget = std::string_view{"OPTIONS  HTTP/1.1\r\n"}.size();

bool may_start_a_request(char c) { return c >= 'A' && c <= 'z' && c != '[' && c != '\\' && c != ']'; }

void clear(std::string& text) {
  text.clear();
  if (text.capacity() > kKeptBytes) text.shrink_to_fit();
}

void reset(Response& response) {
  response.status = 200;
  response.content_type = "application/json";
  response.headers.clear();
  if (auto* text = std::get_if<std::string>(&response.body)) {
    clear(*text);
  } else {
    response.body = std::string{};
  }
}

}  // namespace

Conversation::Conversation(Worker& worker, std::uint64_t id, std::string peer)
    : worker_(worker),
      id_(id),
      inbox_(std::make_shared<Inbox>(worker.site.options.limits.header_bytes + kRoomBesideHead, std::move(peer))) {
  reset_request();
  set_deadline(options().deadlines.header);
}

std::span<char> Conversation::room() {
  if (phase_ == Phase::head && !inbox_->at_front()) inbox_->to_front();
  if (phase_ != Phase::body || head().chunked) return inbox_->room();
  auto& body = inbox_->body;
  if (body.size() == gathered_) body.resize(std::min(head().length, std::max(kFirstBodyRoom, 2 * gathered_)));
  return {body.data() + gathered_, body.size() - gathered_};
}

void Conversation::received(std::size_t n) {
  worker_.tally.bytes_in.add(n);
  if (idle()) set_deadline(options().deadlines.header);
  if (phase_ == Phase::body) {
    window_bytes_ += n;
    if (window_bytes_ >= options().deadlines.body.bytes) begin_window();
  }
  if (phase_ == Phase::body && !head().chunked) {
    gathered_ += n;
  } else {
    inbox_->received(n);
  }
}

Conversation::Want Conversation::advance() {
  while (phase_ == Phase::head || phase_ == Phase::body) {
    if (out_.size() > options().limits.pipelined_reply_bytes) return Want::room;
    if (!step()) return Want::bytes;
  }
  if (phase_ == Phase::stream) return feed();
  return phase_ == Phase::reply ? Want::reply : Want::close;
}

// Goes on by one part of a request. False where that takes more bytes.
bool Conversation::step() {
  if (phase_ == Phase::head) return read_head();
  return head().chunked ? read_chunks() : read_plain_body();
}

bool Conversation::read_head() {
  switch (scan_.look(inbox_->current())) {
    case HeadScan::Found::end:
      parse_head(scan_.end());
      return true;
    case HeadScan::Found::bare_newline:
      refuse(refusal::bare_newline);
      return true;
    case HeadScan::Found::nothing:
      break;
  }
  return await_head();
}

// Whether what there is of a head already suffices to refuse it.
bool Conversation::await_head() {
  const auto bytes = inbox_->current();
  if (bytes.empty()) return false;
  const bool long_line = !scan_.past_first_line() && bytes.size() > options().limits.target_bytes + kLineBesideTarget;
  if (!may_start_a_request(bytes.front())) {
    refuse(refusal::request_line);
  } else if (long_line) {
    refuse(refusal::target_size);
  } else if (bytes.size() >= options().limits.header_bytes) {
    refuse(refusal::head_size);
  }
  return phase_ == Phase::closed;
}

void Conversation::parse_head(std::size_t size) {
  parser_.emplace(inbox_->request, inbox_->body, options().limits);
  if (const auto* refused = parser().parse_head(inbox_->current().substr(0, size))) return refuse(*refused);
  if (size > options().limits.header_bytes) return refuse(refusal::head_size);
  head_size_ = size;
  inbox_->parsed(size);
  accept_head();
}

void Conversation::accept_head() {
  if (head().chunked && !inbox_->at_front()) {
    inbox_->to_front();
    reset_request();
    return parse_head(head_size_);
  }
  keep_alive_ = parser().keep_alive();
  http10_ = !head().http11;
  if (find_route()) begin_body();
}

bool Conversation::find_route() {
  auto& request = inbox_->request;
  const auto target = read_target(head().target, inbox_->path);
  if (!target) {
    refuse(refusal::target);
    return false;
  }
  const auto match = worker_.site.router.find(request.method, target->path);
  if (match.route == nullptr) {
    decline(match.methods == 0 ? refusal::no_route : refusal::wrong_method, match.methods);
    return false;
  }
  request.path = target->path;
  request.query = target->query;
  request.path_params = match.params;
  route_ = match.route;
  return true;
}

void Conversation::begin_body() {
  if (head().length > route_->max_body) return refuse(refusal::body_size);
  const auto ready = inbox_->unparsed();
  if (!head().chunked && ready.size() >= head().length) {
    inbox_->parsed(head().length);
    return take_body(ready.substr(0, head().length));
  }
  if (head().expects_continue && head().http11 && ready.empty()) out_ += "HTTP/1.1 100 Continue\r\n\r\n";
  phase_ = Phase::body;
  begin_window();
  inbox_->body.clear();
  if (head().chunked) return parser().body_limit(route_->max_body);
  inbox_->body = ready;
  inbox_->parsed(ready.size());
  gathered_ = ready.size();
}

bool Conversation::read_plain_body() {
  if (gathered_ < head().length) return false;
  take_body(inbox_->body);
  return true;
}

bool Conversation::read_chunks() {
  auto rest = inbox_->unparsed();
  const auto before = rest.size();
  if (const auto* refused = parser().parse_chunks(rest)) {
    refuse(*refused);
    return true;
  }
  inbox_->parsed(before - rest.size());
  if (parser().is_done()) {
    take_body(inbox_->body);
    return true;
  }
  inbox_->close_gap(head_size_);
  return false;
}

void Conversation::take_body(std::string_view body) {
  if (head().coding == Coding::gzip) {
    const auto inflated = gunzip(body, route_->max_body, inbox_->inflated);
    if (inflated != Inflated::whole)
      return refuse(inflated == Inflated::too_large ? refusal::body_size : refusal::gzip);
    body = inbox_->inflated;
  }
  inbox_->request.body = body;
  std::visit([this](const auto& handler) { run(handler); }, route_->handler);
}

void Conversation::run(const FastHandler& handler) {
  auto& response = worker_.scratch;
  reset(response);
  try {
    handler(inbox_->request, response);
  } catch (...) {
    return decline(worker_.site.blame_current(inbox_->request.request_id));
  }
  answer(response);
  if (std::holds_alternative<Stream>(response.body)) reset(response);
}

void Conversation::run(const DurableHandler& handler) {
  const auto ticket = begin_turn();
  try {
    handler(inbox_->request, [ticket](Response response) { ticket->answer(std::move(response)); });
  } catch (...) {
    ticket->answer(&worker_.site.blame_current(inbox_->request.request_id));
  }
}

void Conversation::run(const SlowHandler& handler) {
  auto job = [&site = worker_.site, &handler, &request = inbox_->request, ticket = begin_turn()] {
    try {
      ticket->answer(handler(request));
    } catch (...) {
      ticket->answer(&site.blame_current(request.request_id));
    }
  };
  if (!worker_.site.slow->submit(std::move(job))) decline(refusal::queue_full);
}

std::shared_ptr<Ticket> Conversation::begin_turn() {
  auto ticket = std::make_shared<Ticket>(worker_.mailbox, id_, ++turn_, inbox_);
  phase_ = Phase::reply;
  deadline_ = worker_.draining ? worker_.drain_end : TimePoint::max();
  return ticket;
}

void Conversation::reply(std::uint64_t turn, const Outcome& outcome) {
  if (phase_ != Phase::reply || turn != turn_) return;
  if (const auto* refused = std::get_if<const Refusal*>(&outcome)) return decline(**refused);
  answer(std::get<Response>(outcome));
}

void Conversation::answer(const Response& response) {
  const auto* stream = std::get_if<Stream>(&response.body);
  if (stream != nullptr && stream->feed && inbox_->request.method != Method::head)
    return begin_stream(response, *stream);
  append(response);
  next_request();
}

// The connection is the stream's from here on: whatever else the peer sends is dropped, and what was read is let go.
void Conversation::begin_stream(const Response& response, const Stream& stream) {
  if (worker_.draining) return decline(refusal::draining);
  if (!seat_.take(worker_.site)) return decline(refusal::too_many_streams);
  keep_alive_ = false;
  if (!append(response)) return end_stream();
  stream_ = stream;
  phase_ = Phase::stream;
  inbox_.reset();
  set_deadline(stream_.beat_every);
}

Conversation::Want Conversation::feed() {
  const auto before = out_.size();
  const bool more = !worker_.draining && stream_.feed(out_);
  if (out_.size() > before) set_deadline(stream_.beat_every);
  if (more) return Want::wake;
  end_stream();
  return Want::close;
}

void Conversation::beat() {
  out_ += stream_.beat;
  set_deadline(stream_.beat_every);
}

void Conversation::end_stream() {
  stream_ = {};
  seat_.leave();
  phase_ = Phase::closed;
}

void Conversation::expire() {
  if (phase_ == Phase::stream) return worker_.draining ? end_stream() : beat();
  if (idle()) {
    phase_ = Phase::closed;
  } else {
    refuse(phase_ == Phase::reply ? refusal::draining : refusal::timeout);
  }
}

void Conversation::drain() {
  const auto now = CoarseClock::now();
  const auto last = idle() ? now + options().deadlines.grace : worker_.drain_end;
  deadline_ = std::min(deadline_, phase_ == Phase::stream ? now : last);
}

// Answers with an error after which the connection's bytes cannot be, or need not be, understood.
void Conversation::refuse(const Refusal& refusal) {
  keep_alive_ = false;
  append_refusal(refusal);
  phase_ = Phase::closed;
}

// Answers with an error; the connection stays, unless a body follows that nobody reads.
void Conversation::decline(const Refusal& refusal, std::uint8_t methods) {
  const bool body_unread = route_ == nullptr && (head().chunked || head().length > 0);
  keep_alive_ = keep_alive_ && !body_unread;
  append_refusal(refusal, methods);
  next_request();
}

// False where something else had to be said.
bool Conversation::append(const Response& response) {
  if (try_append(response)) return true;
  worker_.site.report(inbox_->request.request_id, "a handler's response may not be sent: status, header or stream");
  append_refusal(refusal::failed);
  return false;
}

void Conversation::append_refusal(const Refusal& refusal, std::uint8_t methods) {
  worker_.tally.refused[static_cast<std::size_t>(refusal.reason)].add();
  const bool nothing_there = refusal.reason == Reason::no_route || refusal.reason == Reason::bad_target;
  Response response = worker_.site.refuse(refusal, nothing_there ? head().target : std::string_view());
  if (methods != 0) response.headers.emplace_back("Allow", allow(methods));
  if (!try_append(response)) try_append(bare_response(refusal.status));
}

bool Conversation::try_append(const Response& response) {
  const auto& request = inbox_->request;
  const Framing framing{request.method == Method::head, stays_open(), http10_, request.request_id};
  if (!worker_.replies.append(out_, response, framing)) return false;
  worker_.tally.requests[static_cast<std::size_t>(response.status / 100)].add();
  return true;
}

// While the service stops, a connection ends after the last request of which it has read a byte.
bool Conversation::stays_open() const noexcept {
  return keep_alive_ && !(worker_.draining && inbox_->unparsed().empty());
}

void Conversation::next_request() {
  route_ = nullptr;
  if (!stays_open()) {
    phase_ = Phase::closed;
    return;
  }
  phase_ = Phase::head;
  scan_ = {};
  clear(inbox_->body);
  clear(inbox_->inflated);
  inbox_->next();
  reset_request();
  set_deadline(inbox_->current().empty() ? options().deadlines.idle : options().deadlines.header);
}

void Conversation::reset_request() {
  inbox_->request = {};
  inbox_->request.peer = inbox_->peer;
  inbox_->request.local = inbox_->local;
  inbox_->request.worker = worker_.index;
  inbox_->request.request_id = worker_.ids.next(inbox_->request_id);
}

void Conversation::begin_window() {
  window_bytes_ = 0;
  set_deadline(options().deadlines.body.window);
}

void Conversation::set_deadline(std::chrono::milliseconds from_now) {
  since_ = CoarseClock::now();
  deadline_ = since_ + from_now;
  if (worker_.draining) deadline_ = std::min(deadline_, worker_.drain_end);
}

}  // namespace touchstone::http
