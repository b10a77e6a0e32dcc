#include "storage/sqlite/events_table.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "assign/instant.hpp"
#include "storage/journal_files.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage::sqlite {
namespace {

constexpr const char* kSchema =
    "CREATE TABLE events(seq INTEGER, environment TEXT, type TEXT, id TEXT, unit_type TEXT, unit TEXT, ts TEXT, "
    "te TEXT, received TEXT, name TEXT, experiment TEXT, variant TEXT, config_version INTEGER, value REAL, "
    "attributes TEXT, channel TEXT, touchpoint TEXT, to_type TEXT, to_unit TEXT, key INTEGER)";

enum Column : int {
  seq,
  environment,
  type,
  id,
  unit_type,
  unit,
  ts,
  te,
  received,
  name,
  experiment,
  variant,
  config_version,
  value,
  attributes,
  channel,
  touchpoint,
  to_type,
  to_unit,
  key
};

constexpr std::array<std::string_view, 4> kTypes{"exposure", "event", "link", "traits"};

/// Which bounds a plan hands over, in this order.
enum Bound : int { seq_from = 1, seq_to = 2, te_from = 4, te_to = 8, of_environment = 16, seq_is = 32 };

struct Source {
  std::filesystem::path directory;
  std::map<std::uint32_t, std::string> environments;
};

struct Table : sqlite3_vtab {
  explicit Table(const Source& from) : sqlite3_vtab{}, source(&from), files(from.directory) {}

  const Source* source;
  JournalFiles files;
};

std::string fixed_text(Time time) {
  std::string text = assign::to_text(time);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000000");
  return text;
}

/// The first instant whose text does not come before `text`; nothing where it is no beginning of one.
std::optional<Time> instant_of(std::string_view text) {
  constexpr std::string_view earliest = "1970-01-01T00:00:00.000000Z";
  if (text.size() > earliest.size()) return std::nullopt;
  std::string whole(text);
  if (whole.size() > 10 && whole[10] == ' ') return std::nullopt;
  whole += earliest.substr(whole.size());
  return assign::parse_instant(whole);
}

/// Walks the events of a range.
struct Cursor : sqlite3_vtab_cursor {
  explicit Cursor(Table& table) : sqlite3_vtab_cursor{} { pVtab = &table; }

  void start(const JournalRange& asked) {
    range = asked;
    segments.emplace(static_cast<Table*>(pVtab)->files.open(), range);
    at = 0;
    batch = {};
    load();
  }

  void advance() {
    if (++at >= batch.events.size()) load();
  }

  [[nodiscard]] bool ended() const { return at >= batch.events.size(); }
  [[nodiscard]] const StoredEvent& row() const { return batch.events[at]; }

  /// The next segment that holds any.
  void load() {
    at = 0;
    batch.events.clear();
    while (batch.events.empty()) {
      const auto segment = segments->next();
      if (!segment || segment->first_seq > range.to_seq) return;
      auto events = events_of(*segment);
      if (!events) throw Failure(SQLITE_CORRUPT, events.error().message);
      environment = segment->environment;
      batch = std::move(*events);
    }
  }

  JournalRange range;
  std::optional<SegmentCursor> segments;
  StoredBatch batch;
  std::uint32_t environment = 0;
  std::size_t at = 0;
};

/// Nothing is thrown through SQLite.
template <class Work>
int guarded(sqlite3_vtab* table, Work work) {
  try {
    work();
    return SQLITE_OK;
  } catch (const Failure& failure) {
    table->zErrMsg = sqlite3_mprintf("%s", failure.what());
    return failure.code();
  } catch (const std::exception& failure) {
    table->zErrMsg = sqlite3_mprintf("%s", failure.what());
    return SQLITE_ERROR;
  }
}

int connect(sqlite3* db, void* source, int, const char* const*, sqlite3_vtab** table, char**) {
  const int declared = sqlite3_declare_vtab(db, kSchema);
  if (declared != SQLITE_OK) return declared;
  try {
    *table = std::make_unique<Table>(*static_cast<const Source*>(source)).release();
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int disconnect(sqlite3_vtab* table) {
  const std::unique_ptr<Table> gone(static_cast<Table*>(table));
  return SQLITE_OK;
}

/// What a constraint bounds; 0 for what does not help.
int bound_of(int column, unsigned char op) {
  const bool from = op == SQLITE_INDEX_CONSTRAINT_GE || op == SQLITE_INDEX_CONSTRAINT_GT;
  const bool to = op == SQLITE_INDEX_CONSTRAINT_LE || op == SQLITE_INDEX_CONSTRAINT_LT;
  const bool is = op == SQLITE_INDEX_CONSTRAINT_EQ;
  if (column == te) return from ? te_from : to ? te_to : 0;
  if (column == environment) return is ? of_environment : 0;
  if (column != seq && column != -1) return 0;
  return is ? seq_is : from ? seq_from : to ? seq_to : 0;
}

int choose(sqlite3_vtab*, sqlite3_index_info* plan) {
  std::array<int, 6> chosen{-1, -1, -1, -1, -1, -1};
  for (int i = 0; i < plan->nConstraint; ++i) {
    const auto& constraint = plan->aConstraint[i];
    if (constraint.usable == 0) continue;
    const int bound = bound_of(constraint.iColumn, constraint.op);
    for (std::size_t place = 0; place < chosen.size(); ++place)
      if (bound == 1 << place) chosen.at(place) = i;
  }
  int argument = 0;
  plan->estimatedCost = 1e7;
  for (std::size_t place = 0; place < chosen.size(); ++place) {
    if (chosen.at(place) < 0) continue;
    plan->aConstraintUsage[chosen.at(place)].argvIndex = ++argument;  // and SQLite looks at every row again
    plan->idxNum |= 1 << place;
    plan->estimatedCost /= 4;
  }
  return SQLITE_OK;
}

int open_cursor(sqlite3_vtab* table, sqlite3_vtab_cursor** cursor) {
  return guarded(table, [&] { *cursor = std::make_unique<Cursor>(*static_cast<Table*>(table)).release(); });
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  const std::unique_ptr<Cursor> gone(static_cast<Cursor*>(cursor));
  return SQLITE_OK;
}

std::string_view text_of(sqlite3_value* argument) {
  const auto* start = reinterpret_cast<const char*>(sqlite3_value_text(argument));
  return {start, static_cast<std::size_t>(sqlite3_value_bytes(argument))};
}

std::uint32_t number_of(const Source& source, std::string_view environment) {
  const auto found = std::ranges::find(source.environments, environment,
                                       [](const auto& one) -> std::string_view { return one.second; });
  return found == source.environments.end() ? 0 : found->first;
}

/// A bound of another type than the column bounds nothing here: SQLite compares the rows by its own rules.
void narrow(JournalRange& range, int bound, sqlite3_value* argument, const Source& source) {
  const int type = sqlite3_value_type(argument);
  if ((bound & (seq_from | seq_to | seq_is)) != 0 && type == SQLITE_INTEGER) {
    const auto number = static_cast<std::uint64_t>(std::max<std::int64_t>(0, sqlite3_value_int64(argument)));
    if (bound != seq_to) range.from_seq = std::max(range.from_seq, number);
    if (bound != seq_from) range.to_seq = std::min(range.to_seq, number);
  }
  if (type != SQLITE_TEXT) return;
  if (bound == of_environment) range.environment = number_of(source, text_of(argument));
  const auto instant = bound == te_from || bound == te_to ? instant_of(text_of(argument)) : std::nullopt;
  if (!instant) return;
  if (bound == te_from)
    range.from = *instant;
  else
    range.before = *instant + Micros(1);
}

int filter(sqlite3_vtab_cursor* cursor, int plan, const char*, int, sqlite3_value** arguments) {
  return guarded(cursor->pVtab, [&] {
    JournalRange range;
    for (const int bound : {seq_from, seq_to, te_from, te_to, of_environment, seq_is})
      if ((plan & bound) != 0) narrow(range, bound, *arguments++, *static_cast<const Table*>(cursor->pVtab)->source);
    static_cast<Cursor*>(cursor)->start(range);
  });
}

int next(sqlite3_vtab_cursor* cursor) {
  return guarded(cursor->pVtab, [&] { static_cast<Cursor*>(cursor)->advance(); });
}

int at_end(sqlite3_vtab_cursor* cursor) { return static_cast<Cursor*>(cursor)->ended() ? 1 : 0; }

int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* number) {
  *number = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row().seq);
  return SQLITE_OK;
}

/// Gives one cell.
class Answer {
 public:
  explicit Answer(sqlite3_context* context) : context_(context) {}

  void text(std::string_view text) const {
    if (text.empty()) return sqlite3_result_null(context_);
    sqlite3_result_text64(context_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void number(std::uint64_t number) const { sqlite3_result_int64(context_, static_cast<sqlite3_int64>(number)); }
  void number_or_null(std::uint64_t number) const {
    number == 0 ? sqlite3_result_null(context_) : this->number(number);
  }
  void real(std::optional<double> number) const {
    number ? sqlite3_result_double(context_, *number) : sqlite3_result_null(context_);
  }

 private:
  sqlite3_context* context_;
};

void answer(const Answer& out, const Cursor& cursor, int column) {
  const StoredEvent& stored = cursor.row();
  const Event& event = stored.event;
  switch (column) {
    case seq:
      return out.number(stored.seq);
    case environment: {
      const auto& names = static_cast<const Table*>(cursor.pVtab)->source->environments;
      const auto found = names.find(cursor.environment);
      return out.text(found == names.end() ? std::string_view{} : found->second);
    }
    case type:
      return out.text(kTypes.at(static_cast<std::size_t>(event.type)));
    case id:
      return out.text(event.id);
    case unit_type:
      return out.text(event.unit.type);
    case unit:
      return out.text(event.unit.id);
    case ts:
      return out.text(fixed_text(event.ts));
    case te:
      return out.text(fixed_text(stored.te));
    case received:
      return out.text(fixed_text(stored.received));
    case name:
      return out.text(event.name);
    case experiment:
      return out.text(event.experiment);
    case variant:
      return out.text(event.variant);
    case config_version:
      return out.number_or_null(event.config_version);
    case value:
      return out.real(event.value);
    case attributes:
      return out.text(event.attributes);
    case channel:
      return out.text(event.channel);
    case touchpoint:
      return out.text(event.touchpoint);
    case to_type:
      return out.text(event.to.type);
    case to_unit:
      return out.text(event.to.id);
    default:
      return out.number_or_null(stored.key);
  }
}

int give(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
  return guarded(cursor->pVtab, [&] { answer(Answer(context), *static_cast<const Cursor*>(cursor), column); });
}

sqlite3_module module_of_events() {
  sqlite3_module module{};
  module.xConnect = connect;  // and no xCreate: the table is there by itself
  module.xBestIndex = choose;
  module.xDisconnect = disconnect;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = at_end;
  module.xColumn = give;
  module.xRowid = rowid;
  return module;
}

}  // namespace

void add_events_table(Handle& to, const std::filesystem::path& directory,
                      std::map<std::uint32_t, std::string> environments) {
  static const sqlite3_module module = module_of_events();
  auto source = std::make_unique<Source>(Source{directory, std::move(environments)});
  const int added = sqlite3_create_module_v2(to.raw(), "events", &module, source.release(), [](void* gone) {
    const std::unique_ptr<Source> freed(static_cast<Source*>(gone));
  });
  if (added != SQLITE_OK) to.fail(added);
  to.run("SELECT 0 FROM events LIMIT 0");  // declared now, while the connection may still do so
}

}  // namespace touchstone::storage::sqlite
