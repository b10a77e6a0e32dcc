#include "service/codec/json.hpp"

#include <limits>

namespace touchstone::codec {

std::optional<bool> JsonView::boolean() const noexcept {
  if (!is(JsonKind::boolean)) return std::nullopt;
  return token_->boolean;
}

std::optional<std::string_view> JsonView::text() const noexcept {
  if (!is(JsonKind::text)) return std::nullopt;
  return std::string_view(token_->text, token_->size);
}

std::optional<std::int64_t> JsonView::integer() const noexcept {
  if (!is(JsonKind::integer)) return std::nullopt;
  return token_->integer;
}

std::optional<std::uint64_t> JsonView::natural() const noexcept {
  if (is(JsonKind::natural)) return token_->natural;
  if (is(JsonKind::integer) && token_->integer >= 0) return static_cast<std::uint64_t>(token_->integer);
  return std::nullopt;
}

std::optional<double> JsonView::number() const noexcept {
  switch (kind()) {
    case JsonKind::integer:
      return static_cast<double>(token_->integer);
    case JsonKind::natural:
      return static_cast<double>(token_->natural);
    case JsonKind::real:
      return token_->real;
    default:
      return std::nullopt;
  }
}

JsonView::Elements JsonView::elements() const noexcept {
  if (!is(JsonKind::array)) return {token_, token_};
  return {token_ + 1, token_ + token_->span};
}

JsonView::Members JsonView::members() const noexcept {
  if (!is(JsonKind::object)) return {token_, token_};
  return {token_ + 1, token_ + token_->span};
}

std::optional<JsonView> JsonView::find(std::string_view key) const noexcept {
  for (const auto& member : members())
    if (member.key == key) return member.value;
  return std::nullopt;
}

}  // namespace touchstone::codec
