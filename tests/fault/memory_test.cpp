// The whole program without memory: allocations fail in whatever thread makes them, in our code and in the libraries,
// while it is asked for everything. It answers with an error or ends that connection, and goes on; what it acknowledged
// is there, nothing is there twice, and its result is that of an undisturbed run, before and after a restart.

#include <fstream>
#include <functional>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fault/failing_malloc.hpp"
#include "tests/fault/stream.hpp"

namespace touchstone::e2e {
namespace {

using http::Method;

/// The orders of one test, for each program that it starts.
class Shortage {
 public:
  explicit Shortage(const std::filesystem::path& folder) {
    const auto path = folder / "malloc-orders";
    std::ofstream(path) << std::string(sizeof(MallocOrders), '\0');
    const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
    orders_ =
        static_cast<MallocOrders*>(mmap(nullptr, sizeof(MallocOrders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
    close(file);
    // NOLINTBEGIN(concurrency-mt-unsafe): before any thread
    setenv(kMallocOrders, path.c_str(), 1);
    setenv("LD_PRELOAD", TOUCHSTONE_FAILING_MALLOC, 1);
    // NOLINTEND(concurrency-mt-unsafe)
  }
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;
  ~Shortage() {
    unsetenv("LD_PRELOAD");  // NOLINT(concurrency-mt-unsafe): after all threads
    munmap(orders_, sizeof(MallocOrders));
  }

  void at_allocation(std::uint32_t n) { orders_->countdown = n; }
  void per_million(std::uint32_t rate) { orders_->per_million = rate; }
  void end() { orders_->countdown = orders_->per_million = 0; }
  /// Whether the allocation that was to fail has been reached.
  [[nodiscard]] bool reached() const { return orders_->countdown == 0; }
  [[nodiscard]] std::uint32_t failed() const { return orders_->failed; }

 private:
  MallocOrders* orders_ = nullptr;
};

constexpr std::uint32_t kMostAllocations = 20'000;

/// Requests of every kind, and what was promised to them.
class Customer {
 public:
  explicit Customer(Service& service) : service_(service), client_(service.client()) {}

  void evaluate() { ask({.target = "/v1/evaluate?flag=shown&unit=u" + std::to_string(++asked_)}, 200); }
  void report() { ask({.target = "/v1/experiments/kill/report"}, 200); }
  void pages() {
    ask({.target = "/v1/experiments"}, 200);
    ask({.target = "/openapi.json"}, 200);
    ask({.target = "/metrics"}, 200);
  }
  void agree() {
    const std::string key = "e" + std::to_string(++asked_);
    if (ask({.method = Method::post,
             .target = "/v1/experiments?start",
             .body = R"({"key":")" + key + R"(","variants":[{"key":"control"},{"key":"b"}]})"},
            201))
      agreed_.push_back(key);
  }
  /// The next events; again until they are acknowledged.
  void tell(const std::vector<std::string>& bodies) {
    if (told_ == bodies.size()) return;
    told_ += ask({.method = Method::post, .target = "/v1/events", .body = bodies[told_]}, 200) ? 1 : 0;
  }

  [[nodiscard]] std::size_t told() const { return told_; }
  [[nodiscard]] const std::vector<std::string>& agreed() const { return agreed_; }

 private:
  bool ask(http::ClientRequest request, int good) {
    request.headers.push_back(service_.authorization());
    const auto response = client_.send(request);
    if (!response) return expect_it_lives(), false;
    const bool done = response->status == good;
    EXPECT_TRUE(done || response->status >= 500) << request.target << " " << response->status << response->body;
    return done;
  }

  void expect_it_lives() {
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(service_.pid()), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid != 0) throw std::runtime_error("the program ended by signal " + std::to_string(ended.si_status));
  }

  Service& service_;
  http::Client client_;
  std::size_t asked_ = 0;
  std::size_t told_ = 0;
  std::vector<std::string> agreed_;
};

/// Fails the first allocation of a request, then the second, and so on, ever coarser, until it makes fewer.
void fail_each(Shortage& shortage, const std::function<void()>& request) {
  for (std::uint32_t n = 1; n < kMostAllocations; n += 1 + n / 16) {
    shortage.at_allocation(n);
    request();
    const bool reached = shortage.reached();
    shortage.end();
    if (!reached) return;
  }
  FAIL() << "more allocations than any request needs";
}

void expect_all(Service& service, const Customer& customer, const std::vector<std::string>& bodies) {
  for (const std::string& key : customer.agreed()) EXPECT_EQ(service.get("/v1/experiments/" + key).status, 200) << key;
  EXPECT_EQ(digest_of(service, "kill"), undisturbed_digest(bodies));
}

class FaultMemory : public testing::Test {
 protected:
  void SetUp() override {
    agree_on_experiment(service_);
    service_.must_post("/v1/experiments?start", R"({"key":"shown","variants":[{"key":"control"},{"key":"b"}]})");
  }

  /// All that was sent is there once, now and after a restart.
  void end() {
    shortage_.end();
    for (; customer_.told() < bodies_.size();) customer_.tell(bodies_);
    EXPECT_GT(shortage_.failed(), 100U);
    std::printf("%u allocations failed, %zu batches and %zu experiments acknowledged, 0 lost\n", shortage_.failed(),
                customer_.told(), customer_.agreed().size());
    expect_all(service_, customer_, bodies_);
    EXPECT_EQ(service_.stop(), 0);
    service_.start();
    expect_all(service_, customer_, bodies_);
  }

  TemporaryDirectory data_;
  Shortage shortage_{data_.path()};
  Service service_{data_.path() / "served"};
  Customer customer_{service_};
  const std::vector<std::string> bodies_ = batches(events_to_send(400), kBatch);
};

TEST_F(FaultMemory, AnyAllocationOfAnyRequestMayFail) {
  fail_each(shortage_, [this] { customer_.evaluate(); });
  fail_each(shortage_, [this] { customer_.tell(bodies_); });
  fail_each(shortage_, [this] { customer_.report(); });
  fail_each(shortage_, [this] { customer_.agree(); });
  fail_each(shortage_, [this] { customer_.pages(); });
  end();
}

TEST_F(FaultMemory, AllocationsOfAllThreadsMayFailAtRandom) {
  for (const std::uint32_t rate : {100U, 1'000U, 10'000U}) {
    shortage_.per_million(rate);
    for (int i = 0; i < 60; ++i) {
      customer_.evaluate();
      customer_.tell(bodies_);
      if (i % 5 == 0) customer_.report();
      if (i % 20 == 0) customer_.agree();
    }
  }
  end();
}

}  // namespace
}  // namespace touchstone::e2e
