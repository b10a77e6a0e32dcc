#include "sdk/cpp/transfers.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <stdexcept>
#include <utility>

#include <curl/curl.h>

namespace touchstone::sdk {
namespace {

constexpr std::size_t largest_answer = 256U << 20U;

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
  });
}

using Easy = std::unique_ptr<CURL, decltype([](CURL* easy) { curl_easy_cleanup(easy); })>;
using Lines = std::unique_ptr<curl_slist, decltype([](curl_slist* lines) { curl_slist_free_all(lines); })>;

template <class Value>
void set(const Easy& easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK)
    throw std::runtime_error("this libcurl lacks an option that is needed");
}

Lines lines_of(const std::vector<std::string>& headers) {
  Lines lines;
  for (const auto& header : headers) {
    auto* longer = curl_slist_append(lines.get(), header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    [[maybe_unused]] auto* same = lines.release();
    lines.reset(longer);
  }
  return lines;
}

}  // namespace

std::string Told::words() const {
  if (!failure.empty()) return failure;
  return "the server answered " + std::to_string(status) + (body.empty() ? "" : ": " + body.substr(0, 300));
}

struct Transfers::Multi {
  std::unique_ptr<CURLM, decltype([](CURLM* multi) { curl_multi_cleanup(multi); })> handle;
};

struct Transfers::Transfer {
  Asked asked;
  Done done;
  Told told;
  Lines headers;
  CURLM* multi = nullptr;
  Easy easy;

  ~Transfer() {
    if (multi != nullptr) curl_multi_remove_handle(multi, easy.get());
  }

  void prepare(const TransferOptions& options);
  void finish(CURLcode result);
  bool take(std::string_view bytes);
};

bool Transfers::Transfer::take(std::string_view bytes) {
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &told.status);
  if (asked.on_bytes && told.status == 200) {
    asked.on_bytes(bytes);
    return true;
  }
  if (told.body.size() + bytes.size() > largest_answer) return false;
  told.body.append(bytes);
  return true;
}

namespace {

/// Called through C: an exception may not pass, so what cannot be kept ends the transfer.
template <class Transfer>
std::size_t take_bytes(char* bytes, std::size_t, std::size_t size, void* transfer) noexcept {
  try {
    return static_cast<Transfer*>(transfer)->take({bytes, size}) ? size : 0;
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace

void Transfers::Transfer::prepare(const TransferOptions& options) {
  easy.reset(curl_easy_init());
  if (easy == nullptr) throw std::bad_alloc();
  headers = lines_of(asked.headers);
  set(easy, CURLOPT_URL, asked.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_HTTPHEADER, headers.get());
  set(easy, CURLOPT_ACCEPT_ENCODING, asked.on_bytes ? nullptr : "");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // closing does not wait for a name that is being looked up
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_within.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(asked.within.count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(asked.silence.count()));
  set(easy, CURLOPT_WRITEFUNCTION, &take_bytes<Transfer>);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_PRIVATE, this);
  if (!options.authorities.empty()) set(easy, CURLOPT_CAINFO, options.authorities.c_str());
  if (!asked.body) return;
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(asked.body->size()));
  set(easy, CURLOPT_POSTFIELDS, asked.body->c_str());
}

void Transfers::Transfer::finish(CURLcode result) {
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &told.status);
  if (result != CURLE_OK) told.failure = asked.url + ": " + curl_easy_strerror(result);
  curl_off_t seconds = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &seconds);
  if (seconds > 0) told.retry_after = std::chrono::seconds(seconds);
  curl_header* etag = nullptr;
  if (curl_easy_header(easy.get(), "ETag", 0, CURLH_HEADER, -1, &etag) == CURLHE_OK) told.etag = etag->value;
}

Transfers::Transfers(TransferOptions options) : options_(std::move(options)), multi_(std::make_unique<Multi>()) {
  start_curl_once();
  multi_->handle.reset(curl_multi_init());
  if (multi_->handle == nullptr) throw std::bad_alloc();
}

Transfers::~Transfers() = default;

void Transfers::start(Asked asked, Done done) {
  auto transfer = std::make_unique<Transfer>();
  transfer->asked = std::move(asked);
  transfer->done = std::move(done);
  transfer->prepare(options_);
  if (curl_multi_add_handle(multi_->handle.get(), transfer->easy.get()) != CURLM_OK) throw std::bad_alloc();
  transfer->multi = multi_->handle.get();
  running_.push_back(std::move(transfer));
}

void Transfers::work(std::chrono::milliseconds at_most) {
  int running = 0;
  curl_multi_perform(multi_->handle.get(), &running);
  if (finish_done()) return;  // what is due next may have changed by it
  curl_multi_poll(multi_->handle.get(), nullptr, 0, static_cast<int>(at_most.count()), nullptr);
  curl_multi_perform(multi_->handle.get(), &running);
  finish_done();
}

bool Transfers::finish_done() {
  bool any = false;
  int left = 0;
  while (const auto* message = curl_multi_info_read(multi_->handle.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto place =
        std::ranges::find(running_, message->easy_handle, [](const auto& one) { return one->easy.get(); });
    const auto transfer = std::move(*place);
    transfer->finish(message->data.result);
    running_.erase(place);
    transfer->done(transfer->told);
    any = true;
  }
  return any;
}

void Transfers::wake() noexcept { curl_multi_wakeup(multi_->handle.get()); }

}  // namespace touchstone::sdk
