#include "service/cli/again.hpp"

#include <fmt/format.h>

namespace touchstone::cli {
namespace {

constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";

std::string quoted(std::string_view word) {
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

class CommandText {
 public:
  void word(std::string_view word) { text_ += " " + quoted(word); }
  void option(std::string_view name, std::string_view value) {
    if (!value.empty()) text_ += fmt::format(" {} {}", name, quoted(value));
  }
  void option(std::string_view name, const std::vector<std::string>& values) {
    for (const auto& value : values) option(name, value);
  }
  [[nodiscard]] std::string text() const { return text_; }

 private:
  std::string text_ = "touchstone analyze";
};

}  // namespace

std::string again(const AnalyzeOptions& options) {
  const AnalyzeOptions defaults;
  CommandText command;
  for (const auto& file : options.files) command.word(file);
  command.option("--unit", options.unit);
  command.option("--variant", options.variant);
  command.option("--metric", options.metrics);
  command.option("--experiment", options.experiment);
  command.option("--control", options.control == defaults.control ? "" : options.control);
  command.option("--split", options.split);
  command.option("--crossover", options.crossover == defaults.crossover ? "" : options.crossover);
  command.option("--expect", options.expect);
  command.option("--alpha", options.alpha == defaults.alpha ? "" : fmt::format("{}", options.alpha));
  command.option("--smallest-effect", options.smallest_effect ? fmt::format("{}", *options.smallest_effect) : "");
  command.option("--margin", options.margins);
  command.option("--direction", options.directions);
  command.option("--window", options.windows);
  command.option("--define", options.definitions);
  return command.text();
}

}  // namespace touchstone::cli
