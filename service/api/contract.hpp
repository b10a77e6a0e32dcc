#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchstone::api {

/// A parameter of a query.
struct Parameter {
  std::string_view name;
  std::string_view about;
  std::string_view schema = R"({"type":"string"})";  ///< JSON Schema
};

/// One answer: its status, what it means, and what it holds. Schemas are named by their component.
struct Answer {
  int status = 200;
  std::string about;
  std::string schema;                       ///< empty: the body is not JSON
  std::string media = "application/json";   ///< empty: there is no body
  std::vector<std::string_view> headers{};  ///< components too
};

/// What a route tells its callers beside what its row says already: roles, limit and lane. The document at
/// /openapi.json, the page at /docs and the check of query parameters are made of it.
struct Contract {
  std::string group;
  std::string name;  ///< operationId
  std::string summary;
  std::vector<Parameter> query{};
  std::string reads{};  ///< schema of the body; empty: none
  std::vector<Answer> answers{};
};

/// The words of one kind of thing that can be agreed.
struct Kind {
  std::string_view one;     ///< "experiment"
  std::string_view schema;  ///< "Experiment": with New..., ...Change and ...List it names the others
};

[[nodiscard]] Contract lists(const Kind& kind, std::vector<Parameter> further = {});
[[nodiscard]] Contract creates(const Kind& kind, std::vector<Parameter> query = {});
[[nodiscard]] Contract shows(const Kind& kind);
[[nodiscard]] Contract changes(const Kind& kind);
[[nodiscard]] Contract moves(std::string_view verb, std::string_view summary);  ///< of an experiment

/// Further answers of a route.
[[nodiscard]] Answer refuses(int status, std::string_view about);
[[nodiscard]] Answer unmodified();

/// Those of every list.
[[nodiscard]] std::vector<Parameter> page_parameters();

}  // namespace touchstone::api
