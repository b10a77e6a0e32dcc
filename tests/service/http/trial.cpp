#include "tests/service/http/trial.hpp"

#include <new>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace touchstone::http::test {
namespace {

void say(Response& response, std::string_view text) {
  response.content_type = "text/plain";
  std::get<std::string>(response.body) = text;
}

Response saying(std::string text) { return {.status = 200, .content_type = "text/plain", .headers = {}, .body = text}; }

Response with_header(std::string name, std::string value) {
  return {.status = 200, .content_type = "text/plain", .headers = {{std::move(name), std::move(value)}}, .body = "x"};
}

std::string portrait(const Request& r) {
  return fmt::format("{}|{}|{}|{}|{}", r.path, r.query, r.path_params[0], r.path_params[1], r.body);
}

std::string headers_portrait(const Request& r) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", r.authorization, r.content_type, r.accept, r.if_match,
                     r.if_none_match, r.idempotency_key, r.origin, r.host, r.cookie, r.forwarded_for, r.peer,
                     r.request_id, r.local);
}

}  // namespace

Writer::Writer() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

Writer::~Writer() { release(); }

void Writer::write(Reply reply, Response response) {
  const std::lock_guard lock(mutex_);
  work_.emplace_back(std::move(reply), std::move(response));
  changed_.notify_all();
}

void Writer::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void Writer::release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  changed_.notify_all();
}

std::size_t Writer::waiting() const {
  const std::lock_guard lock(mutex_);
  return work_.size();
}

void Writer::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !held_ && !work_.empty(); })) {
    auto [reply, response] = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    reply(std::move(response));
    reply = nullptr;
    lock.lock();
  }
}

void Door::pass() {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.wait(lock, [this] { return open_; });
  --waiting_;
}

void Door::open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

int Door::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

ServerOptions quick_options() {
  ServerOptions options;
  options.threads = 2;
  options.deadlines.tick = std::chrono::milliseconds{5};
  options.deadlines.grace = std::chrono::milliseconds{20};
  return options;
}

Response plain_error(int status, std::string_view detail, std::string_view hint, std::string_view /*target*/) {
  auto response = saying(fmt::format("{}|{}|{}", status, detail, hint));
  response.status = status;
  return response;
}

Trial::Trial(ServerOptions options) : server_(listening(std::move(options)), routes(), plain_error) { server_.start(); }

Trial::~Trial() {
  door_.open();
  writer_.release();
  server_.stop();
}

ServerOptions Trial::listening(ServerOptions options) {
  options.on_failure = [this](std::string_view, std::string_view what) {
    const std::lock_guard lock(mutex_);
    failures_.emplace_back(what);
  };
  return options;
}

std::vector<std::string> Trial::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

void Trial::say_more() {
  ++said_;
  server_.wake_streams();
}

std::vector<Route> Trial::routes() {
  const auto said = [this](const Request&, Response& r) {
    r.body = Stream{[this, heard = -1](std::string& out) mutable {
      if (const int now = said_; std::exchange(heard, now) != now) out.append(std::to_string(now)).append("\n");
      return true;
    }};
  };
  const auto portray = FastHandler([](const Request& q, Response& r) { say(r, portrait(q)); });
  std::vector<Route> all{
      {Method::get, "/probe", 0, FastHandler([](const Request&, Response& r) { say(r, "probe"); })},
      {Method::get, "/", 0, portray},
      {Method::get, "/fast/{a}", 0, portray},
      {Method::get, "/fast/special", 0, FastHandler([](const Request&, Response& r) { say(r, "special"); })},
      {Method::get, "/fast/{a}/and/{b}", 0, portray},
      {Method::post, "/fast/{a}:start", kSmallBody, portray},
      {Method::del, "/fast/{a}", 0, FastHandler([](const Request&, Response& r) { r.status = 204; })},
      {Method::get, "/headers", 0, FastHandler([](const Request& q, Response& r) { say(r, headers_portrait(q)); })},
      {Method::post, "/echo", kSmallBody, portray},
      {Method::put, "/echo", 0, portray},
      {Method::post, "/size", kLargeBody,
       FastHandler([](const Request& q, Response& r) { say(r, std::to_string(q.body.size())); })},
      {Method::get, "/large", 0,
       FastHandler([](const Request&, Response& r) { say(r, std::string(kLargeBody, 'x')); })},
      {Method::get, "/not-modified", 0, FastHandler([](const Request&, Response& r) { r.status = 304; })},
      {Method::get, "/throws", 0,
       FastHandler([](const Request&, Response&) { throw std::runtime_error("fast handler"); })},
      {Method::get, "/throws-int", 0, FastHandler([](const Request&, Response&) { throw 7; })},
      {Method::get, "/no-memory", 0, FastHandler([](const Request&, Response&) { throw std::bad_alloc{}; })},
      {Method::get, "/said", 0, FastHandler(said)},
      {Method::get, "/stream", 0, FastHandler([](const Request&, Response& r) { r.body = Stream{}; })},
      {Method::get, "/splits", 0,
       FastHandler([](const Request&, Response& r) { r = with_header("X-A", "1\r\nX-B: 2"); })},
      {Method::get, "/frames", 0,
       FastHandler([](const Request&, Response& r) { r = with_header("content-length", "9"); })},
      {Method::get, "/names", 0, FastHandler([](const Request&, Response& r) { r = with_header("X A", "9"); })},
      {Method::get, "/etag", 0, FastHandler([](const Request&, Response& r) { r = with_header("ETag", "\"1\""); })},
      {Method::get, "/status", 0, FastHandler([](const Request&, Response& r) { r.status = 101; })},
      {Method::get, "/durable/{a}", 0,
       DurableHandler([this](const Request& q, Reply reply) { writer_.write(std::move(reply), saying(portrait(q))); })},
      {Method::post, "/durable", kLargeBody, DurableHandler([this](const Request& q, Reply reply) {
         writer_.write(std::move(reply), saying(std::to_string(q.body.size())));
       })},
      {Method::get, "/durable-throws", 0,
       DurableHandler([](const Request&, const Reply&) { throw std::runtime_error("durable handler"); })},
      {Method::get, "/durable-drops", 0, DurableHandler([](const Request&, const Reply&) {})},
      {Method::get, "/durable-twice", 0, DurableHandler([](const Request&, const Reply& reply) {
         reply(saying("first"));
         reply(saying("second"));
       })},
      {Method::get, "/durable-answers-and-throws", 0, DurableHandler([](const Request&, const Reply& reply) {
         reply(saying("answered"));
         throw std::runtime_error("after the answer");
       })},
      {Method::get, "/slow/{a}", 0, SlowHandler([](const Request& q) { return saying(portrait(q)); })},
      {Method::post, "/slow", kSmallBody, SlowHandler([](const Request& q) { return saying(portrait(q)); })},
      {Method::get, "/slow-throws", 0,
       SlowHandler([](const Request&) -> Response { throw std::runtime_error("slow handler"); })},
      {Method::get, "/slow-no-memory", 0, SlowHandler([](const Request&) -> Response { throw std::bad_alloc{}; })},
      {Method::get, "/door/{a}", 0, SlowHandler([this](const Request& q) {
         door_.pass();
         return saying(portrait(q));
       })},
  };
  return all;
}

}  // namespace touchstone::http::test
