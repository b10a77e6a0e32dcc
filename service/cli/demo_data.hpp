#pragma once

#include <filesystem>
#include <string>

#include "assign/result.hpp"
#include "service/api/page.hpp"

namespace touchstone::cli {

/// Where the demo keeps its data: what was named, else a directory that goes when the demo ends.
class DemoData {
 public:
  explicit DemoData(const std::string& named);
  DemoData(const DemoData&) = delete;
  DemoData& operator=(const DemoData&) = delete;
  ~DemoData();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool ours_;
};

/// Notes in the directory that its customers are simulated, and how.
[[nodiscard]] Status mark_simulated(const std::filesystem::path& data, const std::string& how);
[[nodiscard]] bool is_simulated(const std::filesystem::path& data);

/// What was planted in the experiments of a simulated directory; no truth is known of any other.
[[nodiscard]] api::Truths truths_of(const std::filesystem::path& data);

}  // namespace touchstone::cli
