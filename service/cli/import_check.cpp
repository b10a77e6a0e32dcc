#include "service/cli/import_check.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "sdk/wire/replay.hpp"
#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/line_reader.hpp"

namespace touchstone::cli {
namespace {

struct Score {
  std::uint64_t matched = 0;
  std::uint64_t total = 0;
  std::string first_difference;

  void add(bool match, const std::string& difference) {
    ++total;
    if (match)
      ++matched;
    else if (first_difference.empty())
      first_difference = difference;
  }
};

class Scores {
 public:
  void add(const wire::Replayed& line, const std::string& where) {
    const auto difference = fmt::format("{}: {}", where, line.difference);
    vendors_[line.vendor].add(line.matched, difference);
    categories_[line.vendor][line.category].add(line.matched, difference);
    all_.add(line.matched, difference);
    if (!line.warning.empty()) warnings_[line.vendor + ", " + line.category] = line.warning;
  }

  [[nodiscard]] bool perfect() const { return all_.total > 0 && all_.matched == all_.total; }

  void print() const {
    for (const auto& [vendor, score] : vendors_) {
      print("", vendor, score);
      for (const auto& [category, part] : categories_.at(vendor)) print("  ", category, part);
    }
    print("", "all", all_);
    if (!warnings_.empty()) fmt::print("look at:\n");
    for (const auto& [category, warning] : warnings_) fmt::print("  {}: {}\n", category, warning);
  }

 private:
  static void print(const char* indent, const std::string& name, const Score& score) {
    fmt::print("{}{}: {} of {}\n", indent, name.empty() ? "-" : name, score.matched, score.total);
    if (!score.first_difference.empty()) fmt::print("{}  first: {}\n", indent, score.first_difference);
  }

  std::map<std::string, Score> vendors_;
  std::map<std::string, std::map<std::string, Score>> categories_;
  std::map<std::string, std::string_view> warnings_;
  Score all_;
};

Error at_line(Error error, const LineReader& lines) {
  error.message = fmt::format("{}:{}: {}", lines.name(), lines.line_number(), error.message);
  return error;
}

Status replay_file(const std::string& path, Scores& scores) {
  auto lines = LineReader::open(path);
  if (!lines) return lines.error();
  wire::Replay replay;
  for (std::string_view line;;) {
    const auto read = lines->next(line);
    if (!read) return read.error();
    if (!*read) return ok();
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto replayed = replay.line(line);
    if (!replayed) return at_line(replayed.error(), *lines);
    scores.add(*replayed, fmt::format("{}:{}", lines->name(), lines->line_number()));
  }
}

}  // namespace

int run_import_check(const ImportCheckOptions& options) {
  Scores scores;
  for (const auto& file : options.files)
    if (const auto read = replay_file(file, scores); !read) return complain(read.error());
  scores.print();
  return scores.perfect() ? exit_ok : exit_check_failed;
}

}  // namespace touchstone::cli
