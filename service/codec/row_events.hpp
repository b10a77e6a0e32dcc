#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/file_rows.hpp"
#include "service/codec/row_mapping.hpp"
#include "storage/event.hpp"

namespace touchstone::codec {

/// Makes the events of rows, as their mapping says. An outcome happens a second after its row's exposure, or with the
/// row where that is no exposure; properties travel with everything but the outcomes of an exposure.
/// Texts become keys by as_key ("Mens E-Mail" is "Mens-E-Mail").
class RowEvents {
 public:
  explicit RowEvents(RowMapping mapping) : mapping_(std::move(mapping)) {}

  /// Appends the events of the row last read, none where it says that nothing happened. `row_id` tells it from all
  /// other rows: events' ids are made of it, unless the file has its own. Errors name the column; nothing is appended
  /// then.
  Status read(const FileRows& row, std::string_view row_id, storage::EventBatch& out);

 private:
  struct Column {
    std::size_t place = 0;
    Meaning meaning = Meaning::ignored;
    std::string name;
  };

  void find_columns(const FileRows& row);
  [[nodiscard]] FileCell told(const FileRows& row, Meaning meaning) const;
  [[nodiscard]] Error bad(const FileRows& row, Meaning meaning, std::string_view what, std::string hint) const;
  Result<std::string_view> key(const FileRows& row, Meaning meaning, assign::TextArena& text) const;
  Result<storage::UnitRef> unit(const FileRows& row, std::string_view row_id, assign::TextArena& text) const;
  Result<Time> time(const FileRows& row) const;
  Result<std::string> properties(const FileRows& row) const;
  Status tell_traits(const FileRows& row, storage::Event event, storage::EventBatch& out) const;
  Status expose(const FileRows& row, storage::Event event, storage::EventBatch& out);
  Status variant(const FileRows& row, storage::Event& event, assign::TextArena& text);
  Status name(const FileRows& row, storage::Event event, storage::EventBatch& out) const;
  Status happen(const FileRows& row, const Column& column, storage::Event event, storage::EventBatch& out) const;
  Status append(const FileRows& row, std::string_view row_id, storage::EventBatch& out);

  RowMapping mapping_;
  std::vector<Column> columns_;                               ///< by place
  std::map<Meaning, std::size_t> places_;                     ///< of those that are there once
  std::vector<std::size_t> sorted_;                           ///< properties, by name
  std::map<std::string, std::string, std::less<>> variants_;  ///< experiment and key of a variant -> its text
};

}  // namespace touchstone::codec
