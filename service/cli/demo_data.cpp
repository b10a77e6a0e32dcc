#include "service/cli/demo_data.hpp"

#include <cstdlib>
#include <fstream>
#include <system_error>

#include "service/simulate/planted.hpp"

namespace touchstone::cli {
namespace {

std::filesystem::path mark_of(const std::filesystem::path& data) { return data / "simulated.txt"; }

std::optional<page::PlantedTruth> planted_truth(std::string_view experiment) {
  const auto* planted = simulate::find_planted(experiment);
  if (planted == nullptr) return std::nullopt;
  return page::PlantedTruth{std::string(planted->truth), std::string(planted->lesson)};
}

}  // namespace

DemoData::DemoData(const std::string& named) : path_(named), ours_(named.empty()) {
  if (!ours_) return;
  std::string pattern = (std::filesystem::temp_directory_path() / "touchstone-demo-XXXXXX").string();
  if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

DemoData::~DemoData() {
  std::error_code ignored;
  if (ours_) std::filesystem::remove_all(path_, ignored);
}

Status mark_simulated(const std::filesystem::path& data, const std::string& how) {
  std::ofstream file(mark_of(data));
  file << how << "\n";
  file.close();
  if (file) return ok();
  return Error{ErrorCode::unavailable, "cannot write " + mark_of(data).string(), "",
               "Name a folder that can be written to."};
}

bool is_simulated(const std::filesystem::path& data) {
  std::error_code ignored;
  return std::filesystem::exists(mark_of(data), ignored);
}

api::Truths truths_of(const std::filesystem::path& data) {
  if (!is_simulated(data)) return {};
  return planted_truth;
}

}  // namespace touchstone::cli
