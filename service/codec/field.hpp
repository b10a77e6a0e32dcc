#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/json.hpp"
#include "service/codec/place.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// A value on its way into a struct: knows where it stands, and notes the first error of the whole document.
/// A field reader is a function `bool(const Field&, T&)`: it fills the value, or calls `fail`.
class Field {
 public:
  Field(JsonView value, const Place& place, std::optional<Error>& error) noexcept
      : value_(value), place_(&place), error_(&error) {}

  [[nodiscard]] JsonView value() const noexcept { return value_; }
  [[nodiscard]] const Place& place() const noexcept { return *place_; }
  [[nodiscard]] std::string pointer() const { return pointer_to(*place_); }
  [[nodiscard]] bool failed() const noexcept { return error_->has_value(); }

  /// Notes an error at this field, unless one was noted before. Always false.
  bool fail(std::string message, std::string hint) const;
  bool fail(Error error) const;

  /// The same error slot for a value inside this one. `place` must outlive the result.
  [[nodiscard]] Field inside(JsonView value, const Place& place) const noexcept { return {value, place, *error_}; }

 private:
  JsonView value_;
  const Place* place_;
  std::optional<Error>* error_;
};

/// Where a document comes from: what it must and may say depends on it.
enum class Source : std::uint8_t {
  created,  ///< a client describes something new
  changed,  ///< a client changes something: members that are missing stay as they are
  stored,   ///< we wrote it
};

/// The members of an object, each asked for by name. Names that nobody asked for are refused by `finish`.
class ObjectReader {
 public:
  explicit ObjectReader(const Field& field);

  /// Fills `into` where the member is there. Returns whether it is.
  template <class T, class Read>
  bool optional(std::string_view key, T& into, Read read) {
    const auto value = ask(key);
    if (!value) return false;
    const Place place{&field_.place(), key, {}};
    read(field_.inside(*value, place), into);
    return true;
  }

  /// The same; null empties it.
  template <class T, class Read>
  bool nullable(std::string_view key, std::optional<T>& into, Read read) {
    const auto value = ask(key);
    if (!value) return false;
    const Place place{&field_.place(), key, {}};
    if (value->is(JsonKind::null)) {
      into.reset();
    } else {
      read(field_.inside(*value, place), into.emplace());
    }
    return true;
  }

  template <class T, class Read>
  void required(std::string_view key, T& into, Read read) {
    if (!optional(key, into, read)) missing(key);
  }

  /// A member that something new must have and a change may have.
  template <class T, class Read>
  void needed(std::string_view key, T& into, Read read, Source source) {
    if (!optional(key, into, read) && source != Source::changed) missing(key);
  }

  /// A member that never changes.
  template <class T, class Read>
  void fixed(std::string_view key, T& into, Read read, Source source) {
    if (source == Source::changed) return server(key, into, read, source);
    required(key, into, read);
  }

  /// A member that the server sets: a client may only repeat what `into` holds already.
  template <class T, class Read>
  void server(std::string_view key, T& into, Read read, Source source) {
    T sent = into;
    if (!optional(key, sent, read)) return;
    if (source == Source::stored) {
      into = std::move(sent);
    } else if (!(sent == into)) {
      refuse_server(key);
    }
  }

  /// Whether the object has a member of this name, which counts as asked for.
  [[nodiscard]] bool has(std::string_view key) { return ask(key).has_value(); }

  bool fail(std::string_view key, std::string message, std::string hint) const;

  /// Refuses members that nobody asked for. True when the whole document is without error so far.
  bool finish();

 private:
  std::optional<JsonView> ask(std::string_view key);
  void missing(std::string_view key);
  void refuse_server(std::string_view key);

  Field field_;
  std::vector<std::string_view> asked_;
};

/// Field readers. Each says in its error what it wants.

/// A text of at most so many bytes, without control characters other than line feed and tab.
struct Text {
  std::size_t longest;
  bool operator()(const Field& field, std::string& into) const;
};

/// A key of the data model.
bool read_key(const Field& field, std::string& into);

bool read_bool(const Field& field, bool& into);
bool read_time(const Field& field, Time& into);

/// A number within [least, most].
struct Number {
  double least;
  double most;
  bool operator()(const Field& field, double& into) const;
};

/// A whole number within [least, most].
struct Whole {
  std::uint64_t least;
  std::uint64_t most;

  template <std::integral T>
  bool operator()(const Field& field, T& into) const {
    std::uint64_t value = 0;
    if (!read(field, value)) return false;
    into = static_cast<T>(value);
    return true;
  }

 private:
  bool read(const Field& field, std::uint64_t& into) const;
};

/// Any JSON value as canonical text of at most so many bytes.
struct AnyJson {
  std::size_t longest;
  bool operator()(const Field& field, std::string& into) const;
};

/// A share in slots of 1,000,000: a whole number of them, or a text like "40%" or "0.05%" (at most four decimals).
bool read_share(const Field& field, std::uint32_t& into);

bool read_named(const Field& field, std::span<const std::string_view> names, std::size_t& index);

/// A value and the word for it in documents.
template <class T>
struct Word {
  T value;
  std::string_view word;
};

/// One of the words of a table.
template <class T, std::size_t n>
struct OneOf {
  const Word<T> (&words)[n];

  bool operator()(const Field& field, T& into) const {
    std::string_view names[n];
    for (std::size_t i = 0; i < n; ++i) names[i] = words[i].word;
    std::size_t index = 0;
    if (!read_named(field, names, index)) return false;
    into = words[index].value;
    return true;
  }
};
template <class T, std::size_t n>
OneOf(const Word<T> (&)[n]) -> OneOf<T, n>;

/// The word of a value in a table that has it.
template <class T, std::size_t n>
[[nodiscard]] std::string_view word_of(const Word<T> (&words)[n], T value) noexcept {
  for (const auto& word : words)
    if (word.value == value) return word.word;
  return words[0].word;
}

bool check_size(const Field& field, JsonKind kind, std::size_t most);

/// An array of at most so many elements.
template <class Read>
struct ListOf {
  std::size_t most;
  Read read;

  template <class T>
  bool operator()(const Field& field, std::vector<T>& into) const {
    if (!check_size(field, JsonKind::array, most)) return false;
    into.clear();
    std::size_t index = 0;
    for (const auto& element : field.value().elements()) {
      const Place place{&field.place(), {}, index++};
      if (!read(field.inside(element, place), into.emplace_back())) return false;
    }
    return true;
  }
};

/// An object with names of the caller's choice, at most so many, each of at most 128 bytes.
template <class Read>
struct MapOf {
  std::size_t most;
  Read read;

  template <class Map>
  bool operator()(const Field& field, Map& into) const {
    if (!check_size(field, JsonKind::object, most)) return false;
    into.clear();
    for (const auto& [key, value] : field.value().members()) {
      const Place place{&field.place(), key, {}};
      const Field inside = field.inside(value, place);
      if (key.empty() || key.size() > 128) return inside.fail("a name must have 1 to 128 bytes", "shorten it");
      if (!read(inside, into[std::string(key)])) return false;
    }
    return true;
  }
};

template <class Read>
ListOf(std::size_t, Read) -> ListOf<Read>;
template <class Read>
MapOf(std::size_t, Read) -> MapOf<Read>;

/// Reads a whole document: parses it, lets `read` fill `value` from its root, and returns it or the first error.
template <class T, class Read>
[[nodiscard]] Result<T> read_document(std::string_view json, T value, Read read) {
  JsonDocument document;
  if (auto parsed = document.read(json); !parsed) return parsed.error();
  std::optional<Error> error;
  const Place root;
  read(Field(document.root(), root, error), value);
  if (error) return *std::move(error);
  return value;
}

}  // namespace touchstone::codec
