#include "service/codec/mapping_guess.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "service/codec/named_table.hpp"
#include "service/codec/unit_cell.hpp"

namespace touchstone::codec {
namespace {

using Column = RowSample::Column;
using Words = std::span<const std::string_view>;

constexpr std::size_t kVariants = 50;  // a column of more different texts names no variants

/// Names of columns without case, spaces and signs, the surest first.
constexpr std::array<std::string_view, 22> kUnits{
    "unit",       "unitid",    "userid", "user",     "customerid",   "customer", "visitorid", "visitor",  "accountid",
    "account",    "deviceid",  "device", "playerid", "subscriberid", "memberid", "clientid",  "personid", "anonymousid",
    "distinctid", "sessionid", "uid",    "id"};
constexpr std::array<std::string_view, 12> kTimes{"ts",        "timestamp", "time",       "datetime",
                                                  "date",      "eventtime", "occurredat", "createdat",
                                                  "exposedat", "orderdate", "day",        "at"};
constexpr std::array<std::string_view, 6> kIds{"eventid", "messageid",     "insertid",
                                               "orderid", "transactionid", "responseid"};
constexpr std::array<std::string_view, 5> kEvents{"event", "eventname", "eventtype", "action", "type"};
constexpr std::array<std::string_view, 9> kExperiments{"experiment",     "experimentkey", "experimentid",
                                                       "experimentname", "testname",      "testid",
                                                       "test",           "featureflag",   "flag"};
constexpr std::array<std::string_view, 15> kVariantNames{
    "variant", "variantkey",     "variantid",       "variation", "variationid", "arm",     "testgroup", "abgroup",
    "group",   "treatmentgroup", "experimentgroup", "bucket",    "treatment",   "version", "segment"};
constexpr std::array<std::string_view, 12> kValues{"value", "amount", "revenue", "total",  "price", "spend",
                                                   "spent", "sales",  "score",   "rating", "nps",   "csat"};
constexpr std::array<std::string_view, 1> kTypes{"type"};
constexpr std::array<std::string_view, 1> kChannels{"channel"};
constexpr std::array<std::string_view, 1> kTouchpoints{"touchpoint"};
constexpr std::array<std::string_view, 1> kUnitTypes{"unittype"};
constexpr std::array<std::string_view, 3> kObjects{"properties", "attributes", "eventproperties"};
constexpr std::array<std::string_view, 5> kScores{"score", "rating", "nps", "csat", "answer"};
constexpr std::array<std::string_view, 18> kOutcomes{
    "convert", "conversion", "purchas",  "bought", "click",  "visit",   "spend",  "spent",  "revenue",
    "order",   "retention",  "retained", "churn",  "signup", "subscri", "refund", "cancel", "sales"};

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c >= 'A' && c <= 'Z')
      plain.push_back(static_cast<char>(c + ('a' - 'A')));
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      plain.push_back(c);
  return plain;
}

/// "user.id" is also "id": the last part of a path.
bool is_called(const Column& column, std::string_view word) {
  const std::string_view name = column.name;
  const auto dot = name.rfind('.');
  return plain_name(name) == word || (dot != std::string_view::npos && plain_name(name.substr(dot + 1)) == word);
}

bool holds_one_of(std::string_view name, Words words) {
  const auto plain = plain_name(name);
  return std::ranges::any_of(words, [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

/// A few cells that are otherwise are mistakes, and their rows will be rejected.
bool is_mostly(std::size_t cells, const Column& column) {
  return column.filled > 0 && 20 * cells >= 19 * column.filled;
}

bool is_yes_or_no(const Column& column) { return is_mostly(column.yes_or_no, column) && column.amounts == 0; }
bool is_number(const Column& column) { return is_mostly(column.numbers, column) && column.codes == 0; }
bool is_time(const Column& column) { return is_mostly(column.times, column); }

/// As a property: then each must be one.
bool is_wholly_number(const Column& column) {
  return is_number(column) && column.numbers == column.filled && !is_yes_or_no(column);
}

class Guess {
 public:
  Guess(const RowSample& sample, RowMapping asked, std::string_view name)
      : sample_(&sample), mapping_(std::move(asked)), name_(name) {}

  RowMapping made() {
    for (const auto& column : sample_->columns())
      if (column.name.starts_with("rejected_") && !known(column)) put(column, Meaning::ignored);
    if (!mapping_.unit_per_row)
      take(Meaning::unit, kUnits, [this](const Column& column) { return 2 * column.filled >= sample_->rows(); });
    take(Meaning::time, kTimes, is_time);
    take(Meaning::type, kTypes, [](const Column& column) {
      return column.filled > 0 && std::ranges::all_of(column.values, [](const std::string& value) {
               return value == "exposure" || value == "event" || value == "traits";
             });
    });
    if (mapping_.is_of_traits()) return with_properties();
    take(Meaning::variant, kVariantNames, [](const Column& column) { return column.values.size() <= kVariants; });
    take(Meaning::event, kEvents, [](const Column& column) { return !is_number(column); });
    take(Meaning::experiment, kExperiments, [](const Column& column) { return column.filled > 0; });
    take(Meaning::unit_type, kUnitTypes, [](const Column& column) { return column.filled > 0; });
    take(Meaning::properties, kObjects, [](const Column& column) {
      return column.filled > 0 && std::ranges::all_of(column.values, [](const auto& v) { return v.starts_with('{'); });
    });
    if (!mapping_.unit_per_row) take(Meaning::unit, kIds, [this](const Column& c) { return is_distinct(c); });
    mapping_.tells(Meaning::variant) && !mapping_.tells(Meaning::event) ? as_units() : as_events();
    return with_properties();
  }

 private:
  /// What is left.
  RowMapping with_properties() {
    for (const auto& column : sample_->columns())
      if (!known(column)) put(column, is_wholly_number(column) ? Meaning::number : Meaning::property);
    return std::move(mapping_);
  }
  [[nodiscard]] bool known(const Column& column) const { return mapping_.columns.contains(column.name); }
  [[nodiscard]] bool is_distinct(const Column& column) const {
    return column.filled == sample_->rows() && column.values.size() == column.filled;
  }
  void put(const Column& column, Meaning meaning) { mapping_.columns[column.name] = {meaning, "", true}; }

  /// The first of the words that names a column which looks like it.
  template <class Looks>
  void take(Meaning meaning, Words words, Looks&& looks) {
    if (mapping_.tells(meaning)) return;
    for (const auto word : words)
      for (const auto& column : sample_->columns())
        if (!known(column) && is_called(column, word) && looks(column)) return put(column, meaning);
  }

  void as_units() {
    if (!mapping_.tells(Meaning::experiment)) mapping_.fixed[Meaning::experiment] = name_;
    bool right = false;
    for (const auto& column : sample_->columns()) {
      const auto told = mapping_.columns.find(column.name);
      if (told != mapping_.columns.end()) {
        right = right || told->second.meaning == Meaning::variant;
      } else if (const auto outcome = outcome_of(column); outcome && (right || holds_one_of(column.name, kOutcomes))) {
        put(column, *outcome);
      }
    }
  }

  static std::optional<Meaning> outcome_of(const Column& column) {
    if (is_yes_or_no(column)) return Meaning::happened;
    if (!is_number(column)) return std::nullopt;
    return holds_one_of(column.name, kScores) ? Meaning::answer : Meaning::amount;
  }

  void as_events() {
    take(Meaning::channel, kChannels, [](const Column& column) { return column.filled > 0; });
    take(Meaning::touchpoint, kTouchpoints, [](const Column& column) { return column.filled > 0; });
    take(Meaning::id, kIds, [this](const Column& column) { return is_distinct(column); });
    if (mapping_.tells_outcome()) return;
    if (!mapping_.tells(Meaning::event)) mapping_.fixed[Meaning::event] = name_;
    take(Meaning::value, kValues, is_number);
  }

  const RowSample* sample_;
  RowMapping mapping_;
  std::string name_;
};

}  // namespace

void RowSample::add(const FileRows& row) {
  ++rows_;
  for (std::size_t place = columns_.size(); place < row.columns().size(); ++place)
    columns_.push_back({row.columns()[place], 0, 0, 0, 0, 0, 0, {}});
  for (std::size_t place = 0; place < columns_.size(); ++place) {
    const auto cell = row.cell(place);
    if (cell.kind == FileCell::Kind::absent) continue;
    Column& column = columns_[place];
    ++column.filled;
    column.values.emplace(cell.text);
    const bool number = number_of(cell.text).has_value();
    const bool yes_or_no = static_cast<bool>(read_cell(cell.text, storage::MetricKind::proportion));
    column.yes_or_no += yes_or_no ? 1U : 0U;
    column.numbers += number ? 1U : 0U;
    column.amounts += number && !yes_or_no ? 1U : 0U;
    column.codes += cell.text.size() > 1 && cell.text[0] == '0' && cell.text[1] != '.' ? 1U : 0U;
    column.times += read_time_of(cell.text, {}) ? 1U : 0U;
  }
}

RowMapping guess_mapping(const RowSample& sample, RowMapping asked, std::string_view name) {
  return Guess(sample, std::move(asked), name).made();
}

}  // namespace touchstone::codec
