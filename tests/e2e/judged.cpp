#include "tests/e2e/judged.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace touchstone::e2e {
namespace {

using nlohmann::json;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Judged judge_file(const std::vector<std::string>& arguments) {
  const TemporaryDirectory folder;
  const auto setup = folder.path() / "setup.json";
  const auto events = folder.path() / "events.ndjson";
  std::vector<std::string> command = {program(), "analyze"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--json", "--emit-setup", setup.string(), "--emit-events", events.string()});
  const Outcome outcome = run(command);
  if (outcome.exit_code != 0) throw std::runtime_error("analyze: " + outcome.err);
  const json report = json::parse(outcome.out);
  const json agreed = json::parse(text_of(setup));
  Judged judged;
  judged.experiment = report.at("experiment").get<std::string>();
  judged.digest = report.at("digest").at("results").get<std::string>();
  for (const auto& metric : agreed.at("metrics")) judged.setup.push_back(metric.dump());
  judged.agreement = agreed.at("experiment").dump();
  judged.start = agreed.at("start").dump();
  judged.events = lines_of(events);
  return judged;
}

void agree(Service& service, const Judged& judged) {
  for (const auto& metric : judged.setup) service.must_post("/v1/metrics", metric);
  service.must_post("/v1/experiments", judged.agreement);
  service.must_post("/v1/experiments/" + judged.experiment + ":start", judged.start);
}

std::vector<std::string> batches(const std::vector<std::string>& events, std::size_t size) {
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i % size == 0) bodies.emplace_back();
    bodies.back() += events[i] + "\n";
  }
  return bodies;
}

std::string digest_of(Service& service, const std::string& experiment) {
  const auto response = service.must_get("/v1/experiments/" + experiment + "/report");
  return json::parse(response.body).at("digest").at("results").get<std::string>();
}

}  // namespace touchstone::e2e
