// Ten thousand who connect, ask once and stay: each costs a little memory, and nobody else notices.

#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/e2e/service.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::e2e {
namespace {

using http::test::Wire;

constexpr std::size_t kIdle = 10'000;
constexpr std::size_t kOtherDescriptors = 100;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kMostPerConnection = 262'144;  // red zones and shadow memory are the sanitizer's, not ours
#else
constexpr std::size_t kMostPerConnection = 10'240;
#endif

bool may_open(std::size_t descriptors) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= descriptors;
}

std::size_t resident_bytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  return 0;
}

// 0 where there is no answer.
int status_of(Wire& wire, const std::string& request) {
  const auto answer = wire.ask(request);
  return answer ? answer->status : 0;
}

int status_of(Wire&& wire, const std::string& request) { return status_of(wire, request); }

TEST(IdleConnections, TenThousandDisturbNobody) {
  if (!may_open(kIdle + kOtherDescriptors))
    GTEST_SKIP() << "the hard limit of descriptors is below " << kIdle + kOtherDescriptors;
  const TemporaryDirectory data;
  Service service(data.path());
  const std::string healthz = http::test::get("/healthz");
  ASSERT_EQ(status_of(Wire(service.port()), healthz), 200);
  const std::size_t before = resident_bytes(service.pid());

  std::vector<Wire> idle;
  for (std::size_t i = 0; i < kIdle; ++i) {
    idle.emplace_back(service.port());
    ASSERT_EQ(status_of(idle.back(), healthz), 200) << "connection " << i;
  }
  const std::size_t each = (resident_bytes(service.pid()) - before) / kIdle;
  std::printf("%zu idle connections, %zu bytes of memory each\n", kIdle, each);
  RecordProperty("bytes_per_connection", std::to_string(each));
  EXPECT_LE(each, kMostPerConnection);

  for (int i = 0; i < 100; ++i) EXPECT_EQ(status_of(Wire(service.port()), healthz), 200);
  EXPECT_EQ(service.get("/v1/evaluate?flag=none&unit=u").status, 404);
  EXPECT_EQ(service.get("/readyz").status, 200);
  for (std::size_t i = 0; i < kIdle; i += 100) EXPECT_EQ(status_of(idle[i], healthz), 200) << "kept connection " << i;
  EXPECT_EQ(service.stop(), 0);
}

}  // namespace
}  // namespace touchstone::e2e
