#include "sdk/cpp/typed_value.hpp"

#include <charconv>
#include <variant>

#include "assign/given_value.hpp"

namespace touchstone::sdk {
namespace {

using assign::ValueType;

template <class T>
std::optional<T> given(const assign::Snapshot& snapshot, const assign::Decision& decision) {
  const auto value = assign::given_value(snapshot.tables(), decision);
  const auto* held = value ? std::get_if<T>(&*value) : nullptr;
  return held != nullptr ? std::optional<T>(*held) : std::nullopt;
}

}  // namespace

std::optional<bool> boolean_in(const assign::Snapshot& snapshot, const assign::Decision& decision) {
  if (decision.type != ValueType::boolean) return std::nullopt;
  return given<bool>(snapshot, decision);
}

std::optional<std::int64_t> integer_in(const assign::Snapshot&, const assign::Decision& decision) {
  if (decision.type != ValueType::integer) return std::nullopt;
  std::int64_t value = 0;
  const auto text = decision.value;
  const bool read = std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{};
  return read ? std::optional(value) : std::nullopt;
}

std::optional<double> number_in(const assign::Snapshot& snapshot, const assign::Decision& decision) {
  if (decision.type != ValueType::number && decision.type != ValueType::integer) return std::nullopt;
  return given<double>(snapshot, decision);
}

std::optional<std::string_view> text_in(const assign::Snapshot& snapshot, const assign::Decision& decision) {
  if (decision.type != ValueType::string) return std::nullopt;
  return given<std::string_view>(snapshot, decision);
}

}  // namespace touchstone::sdk
