#include "sdk/wire/cursor.hpp"

#include <nlohmann/json.hpp>

#include "assign/pointer.hpp"

namespace touchstone::wire {
namespace {

const nlohmann::json& nothing() {
  static const nlohmann::json null;
  return null;
}

}  // namespace

Cursor::Cursor(const nlohmann::json& node, std::string pointer, std::optional<Error>& problem)
    : node_(&node), pointer_(std::move(pointer)), problem_(&problem) {}

std::string Cursor::text() const { return is(is_text(), "a text") ? node_->get<std::string>() : ""; }
bool Cursor::flag() const { return is(node_->is_boolean(), "true or false") && node_->get<bool>(); }
double Cursor::number() const { return is(node_->is_number(), "a number") ? node_->get<double>() : 0; }

std::int64_t Cursor::integer() const {
  return is(node_->is_number_integer(), "a whole number") ? node_->get<std::int64_t>() : 0;
}

std::uint32_t Cursor::small() const {
  const auto number = integer();
  const bool fits = number >= 0 && number <= 0xFFFFFFFF;
  return is(fits, "a whole number from 0 to 4294967295") ? static_cast<std::uint32_t>(number) : 0;
}

std::string Cursor::json() const { return node_->dump(); }

bool Cursor::is_null() const { return node_->is_null(); }
bool Cursor::is_text() const { return node_->is_string(); }
bool Cursor::is_list() const { return node_->is_array(); }
std::size_t Cursor::size() const { return node_->is_structured() ? node_->size() : 0; }
bool Cursor::has(const char* name) const { return node_->is_object() && node_->contains(name); }
bool Cursor::gives(const char* name) const { return has(name) && !(*node_)[name].is_null(); }

Cursor Cursor::member(const char* name) const {
  const bool found = is(has(name), "an object with the member " + std::string(name));
  return {found ? (*node_)[name] : nothing(), assign::child_pointer(pointer_, name), *problem_};
}

Cursor Cursor::element(std::size_t place) const {
  const bool found = is(is_list() && place < size(), "a list of at least " + std::to_string(place + 1));
  return {found ? (*node_)[place] : nothing(), assign::child_pointer(pointer_, place), *problem_};
}

std::vector<Cursor> Cursor::elements() const {
  std::vector<Cursor> all;
  if (!is(is_list(), "a list")) return all;
  for (std::size_t i = 0; i < size(); ++i) all.push_back(element(i));
  return all;
}

std::vector<std::pair<std::string, Cursor>> Cursor::members() const {
  std::vector<std::pair<std::string, Cursor>> all;
  if (!is(node_->is_object(), "an object")) return all;
  for (const auto& [name, node] : node_->items())
    all.emplace_back(name, Cursor(node, assign::child_pointer(pointer_, name), *problem_));
  return all;
}

bool Cursor::is(bool right, const std::string& wanted) const {
  if (!right && !*problem_) *problem_ = Error{ErrorCode::invalid, "this is not " + wanted, pointer_, "write " + wanted};
  return right;
}

}  // namespace touchstone::wire
