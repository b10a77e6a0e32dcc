#include "service/api/form.hpp"

#include <algorithm>
#include <utility>

#include "service/api/query.hpp"
#include "service/codec/json.hpp"

namespace touchstone::api {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;
using Known = std::span<const std::string_view>;

Error invalid(std::string pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

std::string names(Known known) {
  std::string all = "Send ";
  for (const auto name : known) all.append(name == known.front() ? "" : ", ").append(name);
  return all += ".";
}

Result<Fields> read_typed(std::string_view body, Known known) {
  const auto query = Query::read(body, known);
  if (!query) return query.error();
  Fields fields;
  for (const auto name : known) fields.emplace_back(name, query->text(name));
  return fields;
}

Result<Fields> read_sent(std::string_view body, Known known) {
  codec::JsonDocument document;
  if (auto read = document.read(body); !read) return read.error();
  if (!document.root().is(codec::JsonKind::object)) return invalid("", "not an object", names(known));
  Fields fields;
  for (const auto& member : document.root().members()) {
    std::string pointer = "/";
    pointer += member.key;
    if (std::ranges::find(known, member.key) == known.end())
      return invalid(std::move(pointer), "unknown member", names(known));
    if (!member.value.text()) return invalid(std::move(pointer), "not a text", "Send it in quotes.");
    fields.emplace_back(member.key, *member.value.text());
  }
  return fields;
}

}  // namespace

Result<Form> Form::read(const http::Request& request, Known known) {
  const auto type = request.content_type.substr(0, request.content_type.find(';'));
  const bool typed = type == "application/x-www-form-urlencoded" || (type.empty() && request.body.empty());
  if (!typed && type != "application/json")
    return Error{ErrorCode::unsupported_media, "this route reads forms and JSON", "",
                 "Send Content-Type: application/json."};
  auto fields = typed ? read_typed(request.body, known) : read_sent(request.body, known);
  if (!fields) return fields.error();
  Form form;
  form.fields_ = *std::move(fields);
  return form;
}

std::string_view Form::text(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
  return found == fields_.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace touchstone::api
