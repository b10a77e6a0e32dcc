#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace touchstone {

/// What went wrong, in terms a caller can act on. service/api/errors.cpp is the one place that maps a code to HTTP.
enum class ErrorCode : std::uint8_t {
  invalid,            ///< the input breaks a rule; `pointer` names the field
  not_found,          ///< no such thing in this environment
  conflict,           ///< the thing exists, or is in a state that forbids this
  precondition,       ///< the caller's version is not the current one
  unauthorized,       ///< no valid key
  forbidden,          ///< the key's kind may not do this
  too_large,          ///< over a documented limit
  unsupported_media,  ///< content type or encoding that this route does not read
  unavailable,        ///< try again later: queue full, shutting down, disk refused
  internal,           ///< our fault
};

/// A domain error as a value. `pointer` is an RFC 6901 JSON pointer into the caller's document, empty where none
/// applies; `hint` says what to do next, in one sentence.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string pointer;
  std::string hint;

  friend bool operator==(const Error&, const Error&) = default;
};

/// Either a value or an Error. Reading the wrong side throws std::bad_variant_access: that is a bug, not input.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// A Result without a value: `return ok();` or `return Error{...}`.
using Status = Result<std::monostate>;
inline Status ok() { return std::monostate{}; }

}  // namespace touchstone
