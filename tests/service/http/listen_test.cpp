#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/service/http/trial.hpp"
#include "tests/service/http/wire.hpp"

namespace touchstone::http::test {
namespace {

namespace fs = std::filesystem;

// What start() complains about, or nothing.
std::string complaint(ServerOptions options) {
  Server server(std::move(options), {}, plain_error);
  try {
    server.start();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

fs::path fresh_path(const std::string& name) {
  auto path = fs::path(testing::TempDir()) / ("touchstone-" + std::to_string(::getpid()) + "-" + name);
  fs::remove(path);
  return path;
}

TEST(Listen, AFreePortIsChosenAndTold) {
  Trial one;
  Trial two;
  EXPECT_NE(one.port(), 0);
  EXPECT_NE(one.port(), two.port());
  EXPECT_EQ(Wire(one.port()).ask(get("/probe"))->status, 200);
}

TEST(Listen, APortInUseIsNamed) {
  Trial other;
  auto options = quick_options();
  options.port = other.port();
  EXPECT_EQ(complaint(options),
            "cannot listen on 127.0.0.1 port " + std::to_string(other.port()) + ": Address already in use");
}

TEST(Listen, APortCanBeTakenOverAtOnceAfterAStop) {
  auto options = quick_options();
  {
    Trial first;
    options.port = first.port();
    EXPECT_EQ(Wire(first.port()).ask(get("/probe"))->status, 200);
  }
  Trial second(options);
  EXPECT_EQ(Wire(second.port()).ask(get("/probe"))->status, 200);
}

TEST(Listen, AnAddressThatIsNoneIsNamed) {
  auto options = quick_options();
  options.address = "256.0.0.1";
  EXPECT_NE(complaint(options).find("256.0.0.1"), std::string::npos);
}

TEST(Listen, ConnectionsSpreadOverTheLoops) {
  std::mutex mutex;
  std::set<std::uint32_t> workers;
  auto options = quick_options();
  options.threads = 2;
  Server server(options, {{Method::get, "/", 0, FastHandler([&](const Request& q, Response&) {
                             const std::lock_guard lock(mutex);
                             workers.insert(q.worker);
                           })}},
                plain_error);
  EXPECT_EQ(server.threads(), 2U);
  server.start();
  EXPECT_TRUE(eventually([&] {
    Wire(server.port()).ask(get("/"));
    const std::lock_guard lock(mutex);
    return workers.size() == 2;
  }));
  EXPECT_LT(*workers.rbegin(), server.threads());
}

TEST(Listen, OnAUnixSocketForThisUserAlone) {
  const auto path = fresh_path("socket");
  auto options = quick_options();
  options.unix_socket = path;
  {
    Trial trial(options);
    struct stat file {};
    ASSERT_EQ(::stat(path.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0600U);
    const auto answer = Wire(path.string()).ask(get("/headers"));
    EXPECT_NE(answer->body.find("|local|"), std::string::npos);
    EXPECT_NE(answer->body.find("|true"), std::string::npos);
    EXPECT_NE(complaint(options).find("in use"), std::string::npos) << "somebody answers there";
    EXPECT_EQ(Wire(path.string()).ask(get("/probe"))->status, 200) << "and goes on answering";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(Listen, AUnixSocketLeftBehindIsReplaced) {
  const auto path = fresh_path("stale");
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(fd);
  ASSERT_TRUE(fs::exists(path));
  auto options = quick_options();
  options.unix_socket = path;
  Trial trial(options);
  EXPECT_EQ(Wire(path.string()).ask(get("/probe"))->status, 200);
}

TEST(Listen, AFileThatIsNoSocketIsLeftAlone) {
  const auto path = fresh_path("file");
  std::ofstream(path) << "precious";
  auto options = quick_options();
  options.unix_socket = path;
  EXPECT_NE(complaint(options), "");
  EXPECT_TRUE(fs::exists(path));
  fs::remove(path);
}

}  // namespace
}  // namespace touchstone::http::test
