#include "service/cli/sql.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/text_layout.hpp"
#include "service/codec/csv.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/query.hpp"

namespace touchstone::cli {
namespace {

using storage::QueryValue;

/// How a cell is said in text.
std::string text_of(const QueryValue& value) {
  struct Say {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const {
      std::string text;
      codec::append_number(text, number);
      return text;
    }
    std::string operator()(std::string_view text) const { return std::string(text); }
  };
  return std::visit(Say{}, value);
}

bool is_number(const QueryValue& value) { return value.index() == 1 || value.index() == 2; }

/// A table whose columns are as wide as the first rows need.
class Table {
 public:
  void columns(std::span<const std::string> names) {
    for (const std::string& name : names) widths_.push_back(columns_of(name));
    add(std::vector<std::string>(names.begin(), names.end()));
  }

  bool row(std::span<const QueryValue> values) {
    std::vector<std::string> cells;
    for (const QueryValue& value : values) cells.push_back(cell_of(value));
    ++rows_;
    add(std::move(cells));
    return true;
  }

  void end() {
    flush();
    fmt::print("({} rows)\n", rows_);
  }

 private:
  static constexpr std::size_t kMeasured = 200;  ///< rows

  /// One line, and no control character that a terminal would obey.
  static std::string cell_of(const QueryValue& value) {
    auto text = text_of(value);
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return text;
  }

  void add(std::vector<std::string> cells) {
    if (measured_) return print(cells);
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], columns_of(cells[i]));
    held_.push_back(std::move(cells));
    if (held_.size() > kMeasured) flush();
  }

  void flush() {
    measured_ = true;
    for (const auto& cells : held_) print(cells);
    held_.clear();
  }

  void print(const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
      line += i + 1 < cells.size() ? left_in(cells[i], widths_[i]) + "  " : cells[i];
    fmt::print("{}\n", line);
  }

  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> held_;
  bool measured_ = false;
  std::uint64_t rows_ = 0;
};

class Csv {
 public:
  void columns(std::span<const std::string> names) {
    std::string line;
    for (const std::string& name : names) codec::append_csv(separated(line, &name == names.data()), name);
    fmt::print("{}\n", line);
  }

  bool row(std::span<const QueryValue> values) {
    std::string line;
    for (const QueryValue& value : values) {
      auto& to = separated(line, &value == values.data());
      is_number(value) ? void(to += text_of(value)) : codec::append_csv(to, text_of(value));
    }
    fmt::print("{}\n", line);
    return true;
  }

  void end() {}

 private:
  static std::string& separated(std::string& line, bool first) { return first ? line : line += ','; }
};

class Json {
 public:
  void columns(std::span<const std::string> names) { names_.assign(names.begin(), names.end()); }

  bool row(std::span<const QueryValue> values) {
    std::string line;
    codec::JsonWriter out(line);
    out.begin_object();
    for (std::size_t i = 0; i < values.size(); ++i) write(out.key(names_[i]), values[i]);
    out.end_object();
    fmt::print("{}\n", line);
    return true;
  }

  void end() {}

 private:
  static void write(codec::JsonWriter& out, const QueryValue& value) {
    if (const auto* text = std::get_if<std::string_view>(&value))
      out.text(*text);
    else
      out.raw(value.index() == 0 ? "null" : text_of(value));
  }

  std::vector<std::string> names_;
};

template <class Printer>
Status answer(const SqlOptions& options, const std::string& statement) {
  Printer printer;
  auto answered = storage::query_events(options.data, statement,
                                        {[&](auto names) { printer.columns(names); },
                                         [&](auto values) { return printer.row(values) && std::ferror(stdout) == 0; }});
  if (answered) printer.end();
  return answered;
}

std::string statement_of(const SqlOptions& options) {
  if (options.statement != "-") return options.statement;
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

}  // namespace

int run_sql(const SqlOptions& options) {
  const auto statement = statement_of(options);
  const Status answered = options.format == "csv"    ? answer<Csv>(options, statement)
                          : options.format == "json" ? answer<Json>(options, statement)
                                                     : answer<Table>(options, statement);
  return answered ? exit_ok : complain(answered.error());
}

}  // namespace touchstone::cli
