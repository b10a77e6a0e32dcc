#pragma once

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include <sys/types.h>

namespace touchstone::e2e {

/// The built program, as a user starts it.
std::string program();

struct Outcome {
  int exit_code = -1;  ///< 128 + signal where a signal ended it
  std::string out;
  std::string err;
};

/// Runs a command to its end. `extra_environment` holds NAME=value.
Outcome run(const std::vector<std::string>& command, const std::vector<std::string>& extra_environment = {});

/// A command that goes on beside the test; killed when the object ends. What it prints on both streams is kept.
class Process {
 public:
  explicit Process(const std::vector<std::string>& command, const std::vector<std::string>& extra_environment = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// Reads what is printed until the pattern is found; the first group is returned. Throws where the process ends
  /// before, or after 30 seconds, with what was printed so far.
  std::string wait_for(const std::regex& pattern);

  void signal(int number) const;
  /// Waits for the end; see Outcome::exit_code.
  int wait();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const std::string& printed() const { return printed_; }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string printed_;
};

/// A directory of its own, removed with all it holds when the object ends.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The folder of shared real data; empty where it is missing, which tests say and skip.
std::filesystem::path shared_data();

}  // namespace touchstone::e2e
