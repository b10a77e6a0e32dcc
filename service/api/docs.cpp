#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "service/api/documented.hpp"
#include "service/api/handlers.hpp"
#include "service/api/schema_section.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/json.hpp"
#include "service/page/frame.hpp"

/// The contract as a page, drawn from the same table and components as the document.
namespace touchstone::api {

namespace {

using codec::JsonView;
using page::element;
using page::Markup;
using page::text_node;

std::string anchor(std::string_view group) { return "group-" + std::string(group); }

std::string upper(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

Markup parameter_row(std::string_view name, std::string_view place, const Markup& type, std::string_view about) {
  return element("tr", {},
                 element("th", {{"scope", "row"}},
                         element("code", {}, name) + element("span", {{"class", "soft"}}, " " + std::string(place))) +
                     element("td", {}, type) + element("td", {}, about));
}

std::string_view text_of(JsonView object, std::string_view key) {
  const auto member = object.find(key);
  return member ? member->text().value_or("") : std::string_view{};
}

Markup shared_parameter(JsonView all, std::string_view component) {
  const auto parameter = *all.find("parameters")->find(component);
  return parameter_row(text_of(parameter, "name"), text_of(parameter, "in"), type_text(*parameter.find("schema")),
                       text_of(parameter, "description"));
}

Markup query_parameter(const Parameter& parameter) {
  codec::JsonDocument schema;
  if (!schema.read(parameter.schema)) return {};
  return parameter_row(parameter.name, "query", type_text(schema.root()), parameter.about);
}

Markup titled(std::string_view title, const Markup& rows) {
  if (rows.text.empty()) return {};
  return element("h4", {}, title) + element("table", {{"class", "members"}}, element("tbody", {}, rows));
}

Markup parameters_table(const Row& row, JsonView all) {
  Markup rows;
  for (const auto component : parameters_of(row)) rows += shared_parameter(all, component);
  for (const auto& parameter : row.contract.query) rows += query_parameter(parameter);
  return titled("Parameters", rows);
}

Markup body_line(const Row& row) {
  if (row.contract.reads.empty()) return {};
  return element("p", {},
                 text_node("Body: ") + schema_link(row.contract.reads) +
                     text_node(", at most " + size_words(row.max_body) + ", inflated."));
}

Markup content_of(const Answer& answer) {
  if (!answer.schema.empty()) return schema_link(answer.schema);
  return text_node(answer.media.empty() ? "no body" : answer.media);
}

Markup answer_row(const Answer& answer) {
  Markup headers;
  for (const auto header : answer.headers) headers = joined(std::move(headers), ", ", element("code", {}, header));
  return element("tr", {},
                 element("th", {{"scope", "row"}}, element("code", {}, std::to_string(answer.status))) +
                     element("td", {}, joined(content_of(answer), ", ", std::move(headers))) +
                     element("td", {}, answer.about));
}

Markup answers_table(const Row& row) {
  Markup rows;
  for (const auto& answer : answers_of(row)) rows += answer_row(answer);
  return titled("Answers", rows);
}

/// The first example that a schema has of itself.
std::string example_of(JsonView all, std::string_view schema) {
  const auto component = all.find("schemas")->find(schema);
  const auto examples = component ? component->find("examples") : std::nullopt;
  std::string text;
  if (!examples || examples->size() == 0) return "{}";
  return codec::append_canonical(text, *examples->elements().begin()) ? text : "{}";
}

std::string filled(std::string_view pattern, JsonView all) {
  std::string path(pattern);
  for (const auto name : path_parameters(pattern)) {
    const auto parameter = all.find("parameters")->find(name);
    const std::string_view example = parameter ? text_of(*parameter, "example") : name;
    path.replace(path.find('{'), name.size() + 2, example);
  }
  return path;
}

std::string curl_of(const Row& row, JsonView all) {
  std::string text = "curl -s";
  const bool implied = row.method == (row.contract.reads.empty() ? http::Method::get : http::Method::post);
  if (!implied) text.append(" -X ").append(upper(method_word(row.method)));
  text.append(" localhost:8080").append(filled(row.pattern, all));
  if (takes_key(row)) text.append(" -H \"Authorization: Bearer $KEY\"");
  if (!row.contract.reads.empty()) text.append(" --json '").append(example_of(all, row.contract.reads)).append("'");
  return text;
}

Markup route_section(const Row& row, JsonView all) {
  const auto who = row.roles.open() ? std::string("No key needed.") : row.roles.words();
  return element(
      "div", {{"id", row.contract.name}, {"class", "route"}},
      element("h3", {}, element("code", {}, upper(method_word(row.method)) + " " + std::string(row.pattern))) +
          element("p", {}, row.contract.summary) + element("p", {{"class", "soft"}}, who) + parameters_table(row, all) +
          body_line(row) + answers_table(row) + element("pre", {}, element("code", {}, curl_of(row, all))));
}

Markup group_section(const Group& group, JsonView all) {
  auto content = element("h2", {}, group.name) + element("p", {}, group.about);
  for (const auto& row : table())
    if (row.contract.group == group.name) content += route_section(row, all);
  return element("section", {{"id", anchor(group.name)}}, content);
}

Markup schemas_section(JsonView all) {
  auto content = element("h2", {}, "Schemas");
  for (const auto& [name, schema] : all.find("schemas")->members()) content += schema_section(name, schema);
  return element("section", {{"id", "group-Schemas"}}, content);
}

Markup chip(std::string_view group) { return element("li", {}, element("a", {{"href", "#" + anchor(group)}}, group)); }

Markup head_section() {
  Markup chips;
  for (const auto& group : groups()) chips += chip(group.name);
  chips += chip("Schemas");
  const auto document = element("a", {{"href", "/openapi.json"}}, "/openapi.json");
  return element("header", {{"class", "head"}},
                 element("h1", {}, "Touchstone's HTTP API") +
                     element("p", {},
                             text_node("Every route, with what it takes and every answer it gives. For programs: ") +
                                 document + text_node(" (OpenAPI 3.1).")) +
                     element("ul", {{"class", "chips"}}, chips));
}

std::string drawn() {
  codec::JsonDocument document;
  if (auto read = document.read(components()); !read) throw std::logic_error(read.error().message);
  const auto all = document.root();
  auto content = head_section();
  for (const auto& group : groups()) content += group_section(group, all);
  content += schemas_section(all);
  return page::framed("HTTP API", content);
}

}  // namespace

Result<http::Response> show_docs(Context&, const http::Request&, const fast::Caller&) {
  static const std::string text = drawn();
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Content-Security-Policy", std::string(page::content_security_policy)},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-cache"}};
  response.body = text;
  return response;
}

}  // namespace touchstone::api
