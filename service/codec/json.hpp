#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"

namespace touchstone::codec {

enum class JsonKind : std::uint8_t {
  null,
  boolean,
  integer,  ///< fits int64
  natural,  ///< fits uint64 but not int64
  real,     ///< written with a fraction or an exponent, or -0: the nearest double
  text,     ///< decoded, well-formed UTF-8 without NUL
  array,
  object,
};

/// One value, or one member name, of a text that was read; a container is followed by what it holds.
struct JsonToken {
  union {
    const char* text;
    std::int64_t integer;
    std::uint64_t natural;
    double real;
    bool boolean;
  };
  std::uint32_t size = 0;  ///< bytes of a text, elements of an array, members of an object
  std::uint32_t span = 1;  ///< tokens that the value takes, itself included
  JsonKind kind = JsonKind::null;
};

struct JsonMember;

/// A value inside a JsonDocument: a pointer, valid until that document reads again or goes away, and while the text it
/// has read lives.
class JsonView {
 public:
  class Elements;
  class Members;

  explicit JsonView(const JsonToken& token) noexcept : token_(&token) {}

  [[nodiscard]] JsonKind kind() const noexcept { return token_->kind; }
  [[nodiscard]] bool is(JsonKind kind) const noexcept { return token_->kind == kind; }
  [[nodiscard]] bool is_number() const noexcept { return kind() >= JsonKind::integer && kind() <= JsonKind::real; }

  /// Elements of an array, members of an object, bytes of a text.
  [[nodiscard]] std::size_t size() const noexcept { return token_->size; }

  /// The value, where it is of that kind.
  [[nodiscard]] std::optional<bool> boolean() const noexcept;
  [[nodiscard]] std::optional<std::string_view> text() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;   ///< written without fraction and exponent
  [[nodiscard]] std::optional<std::uint64_t> natural() const noexcept;  ///< likewise, and not negative
  [[nodiscard]] std::optional<double> number() const noexcept;          ///< any number, as the nearest double

  /// What an array or an object holds, in the order of the text; nothing for any other kind.
  [[nodiscard]] Elements elements() const noexcept;
  [[nodiscard]] Members members() const noexcept;
  [[nodiscard]] std::optional<JsonView> find(std::string_view key) const noexcept;

  [[nodiscard]] const JsonToken& token() const noexcept { return *token_; }

 private:
  const JsonToken* token_;
};

struct JsonMember {
  std::string_view key;
  JsonView value;
};

class JsonView::Elements {
 public:
  class Iterator {
   public:
    explicit Iterator(const JsonToken* at) noexcept : at_(at) {}
    JsonView operator*() const noexcept { return JsonView(*at_); }
    Iterator& operator++() noexcept { return at_ += at_->span, *this; }
    bool operator==(const Iterator&) const = default;

   private:
    const JsonToken* at_;
  };

  Elements(const JsonToken* first, const JsonToken* last) noexcept : first_(first), last_(last) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(first_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(last_); }

 private:
  const JsonToken* first_;
  const JsonToken* last_;
};

class JsonView::Members {
 public:
  class Iterator {
   public:
    explicit Iterator(const JsonToken* at) noexcept : at_(at) {}
    JsonMember operator*() const noexcept { return {{at_->text, at_->size}, JsonView(at_[1])}; }
    Iterator& operator++() noexcept { return at_ += 1 + at_[1].span, *this; }
    bool operator==(const Iterator&) const = default;

   private:
    const JsonToken* at_;
  };

  Members(const JsonToken* first, const JsonToken* last) noexcept : first_(first), last_(last) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(first_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(last_); }

 private:
  const JsonToken* first_;
  const JsonToken* last_;
};

/// How a text was refused.
enum class JsonFault : std::uint8_t {
  none,
  grammar,  ///< it is not JSON, or nested too deep, or not UTF-8
  content,  ///< JSON by its grammar, but it holds what no value of ours may hold: see JsonDocument
};

/// The one strict reader of JSON texts (RFC 8259). Refused with Error{invalid, message, pointer, hint} is what is not
/// JSON (NaN, comments, trailing commas, ...), a byte order mark, malformed UTF-8, containers deeper than 64, anything
/// after the value; and by content: duplicate member names, NUL also as \u0000, lone surrogates, integers beyond 64
/// bits, numbers beyond a double (1e999, 1e-999). Texts longer than 1 GiB are refused as too_large. Memory is kept from
/// text to text: reading costs no allocation once it is warm. Not thread-safe.
class JsonDocument {
 public:
  static constexpr std::size_t deepest = 64;

  /// For a text that is a part of another: how deep it may be, and at which byte of the other it begins.
  struct Part {
    std::size_t deepest = JsonDocument::deepest;
    std::size_t offset = 0;
  };

  /// Reads one text. `text` must outlive the views: unescaped texts are not copied.
  [[nodiscard]] Status read(std::string_view text) { return read(text, Part()); }
  [[nodiscard]] Status read(std::string_view text, Part part);

  /// How the text last read was refused.
  [[nodiscard]] JsonFault fault() const noexcept { return fault_; }

  /// The value last read. Precondition: that read was ok.
  [[nodiscard]] JsonView root() const noexcept { return JsonView(tokens_.front()); }

 private:
  std::vector<JsonToken> tokens_;
  std::vector<std::uint32_t> open_;
  std::string decoded_;
  JsonFault fault_ = JsonFault::none;
};

}  // namespace touchstone::codec
