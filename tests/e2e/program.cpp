#include "tests/e2e/program.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::e2e {
namespace {

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
};

pid_t spawn(const std::vector<std::string>& command, const std::vector<std::string>& extra, int out, int err) {
  std::vector<std::string> environment(extra);
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  const auto pointers = [](const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
  };
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, err, 2);
  pid_t pid = -1;
  const int failure = posix_spawnp(&pid, command.front().c_str(), &actions, nullptr, pointers(command).data(),
                                   pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("cannot start " + command.front());
  return pid;
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

// Appends what can be read; false at the end of the stream.
bool append(int from, std::string& to) {
  std::array<char, 65536> block;
  const ssize_t size = read(from, block.data(), block.size());
  if (size > 0) to.append(block.data(), static_cast<std::size_t>(size));
  return size > 0;
}

}  // namespace

std::string program() { return TOUCHSTONE_PROGRAM; }

Outcome run(const std::vector<std::string>& command, const std::vector<std::string>& extra_environment) {
  Pipe out;
  Pipe err;
  const pid_t pid = spawn(command, extra_environment, out.ends[1], err.ends[1]);
  close(out.ends[1]);
  close(err.ends[1]);
  Outcome outcome;
  std::array<pollfd, 2> waiting{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
  int open = 2;
  while (open > 0 && poll(waiting.data(), waiting.size(), -1) >= 0) {
    for (auto& stream : waiting) {
      if (stream.fd < 0 || stream.revents == 0) continue;
      if (append(stream.fd, stream.fd == out.ends[0] ? outcome.out : outcome.err)) continue;
      close(stream.fd);
      stream.fd = -1;
      --open;
    }
  }
  int status = 0;
  waitpid(pid, &status, 0);
  outcome.exit_code = exit_code_of(status);
  return outcome;
}

Process::Process(const std::vector<std::string>& command, const std::vector<std::string>& extra_environment) {
  Pipe both;
  pid_ = spawn(command, extra_environment, both.ends[1], both.ends[1]);
  close(both.ends[1]);
  output_ = both.ends[0];
}

Process::~Process() {
  if (pid_ > 0) {
    signal(SIGKILL);
    wait();
  }
  close(output_);
}

std::string Process::wait_for(const std::regex& pattern) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(30);
  std::smatch found;
  while (!std::regex_search(printed_, found, pattern)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    pollfd waiting{output_, POLLIN, 0};
    if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
      throw std::runtime_error("waited in vain; printed so far:\n" + printed_);
    if (!append(output_, printed_)) throw std::runtime_error("ended early; printed:\n" + printed_);
  }
  return found.size() > 1 ? found[1].str() : found[0].str();
}

void Process::signal(int number) const {
  if (pid_ > 0) kill(pid_, number);
}

int Process::wait() {
  while (append(output_, printed_)) {
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code_of(status);
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "touchstone-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path shared_data() {
  const char* named = std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const std::filesystem::path folder =
      named != nullptr ? std::filesystem::path(named) : std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / ".." / "shared";
  return std::filesystem::exists(folder / "data") ? folder : std::filesystem::path{};
}

}  // namespace touchstone::e2e
