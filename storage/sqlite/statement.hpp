#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "storage/sqlite/handle.hpp"
#include "storage/time.hpp"

struct sqlite3_stmt;

namespace touchstone::storage::sqlite {

/// Bytes, as opposed to text.
struct Blob {
  std::string_view bytes;
};

template <class Bytes>
Blob blob(const Bytes& bytes) {
  return {{reinterpret_cast<const char*>(bytes.data()), bytes.size()}};
}

/// The rows of a statement that was given its values. Ends the statement, and with it its read lock, when it goes.
/// Views are good until the next step.
class Rows {
 public:
  explicit Rows(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows();

  bool step();  ///< to the first or next row; false = no more

  [[nodiscard]] std::string_view text(int column) const noexcept;
  [[nodiscard]] std::string_view bytes(int column) const noexcept;
  [[nodiscard]] bool null(int column) const noexcept;
  [[nodiscard]] std::int64_t integer(int column) const noexcept;
  [[nodiscard]] Time time(int column) const noexcept { return Time{Micros{integer(column)}}; }

  template <class T>
  [[nodiscard]] T number(int column) const noexcept {
    return static_cast<T>(integer(column));
  }

 private:
  sqlite3_stmt* statement_;
};

/// One question, prepared once. Values must stay alive until the Rows are done. Throws Failure.
class Statement {
 public:
  Statement(const Handle& handle, std::string_view sql);

  template <class... Values>
  Rows operator()(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return Rows(statement_.get());
  }

  template <class... Values>
  void run(const Values&... values) {
    Rows rows = (*this)(values...);
    while (rows.step()) {
    }
  }

 private:
  void bind(int index, std::string_view text);
  void bind(int index, Blob blob);
  void bind(int index, std::nullopt_t);
  void bind_integer(int index, std::int64_t value);
  void bind(int index, Time time) { bind_integer(index, time.time_since_epoch().count()); }

  template <std::integral T>
  void bind(int index, T value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }

  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value) {
      bind(index, *value);
    } else {
      bind(index, std::nullopt);
    }
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace touchstone::storage::sqlite
