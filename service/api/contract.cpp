#include "service/api/contract.hpp"

#include <utility>

namespace touchstone::api {

namespace {

std::string capital(std::string_view word) {
  std::string text(word);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string plural(std::string_view word) { return std::string(word) + "s"; }

std::string article(std::string_view word) {
  const bool vowel = std::string_view("aeiou").find(word.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(word);
}

std::string group_of(const Kind& kind) { return capital(plural(kind.one)); }

Answer document(int status, const Kind& kind, std::string_view about) {
  return {status, std::string(about), std::string(kind.schema), "application/json", {"ETag"}};
}

}  // namespace

Answer refuses(int status, std::string_view about) {
  return {status, std::string(about), "Problem", "application/problem+json"};
}

Answer unmodified() { return {304, "It is what the caller has.", "", "", {"ETag"}}; }

std::vector<Parameter> page_parameters() {
  return {{"limit", "At most so many; 100 unless said, 1,000 at most.",
           R"({"type":"integer","minimum":1,"maximum":1000,"default":100})"},
          {"after", "The `next` of the page before.", R"({"$ref":"#/components/schemas/Cursor"})"}};
}

Contract lists(const Kind& kind, std::vector<Parameter> further) {
  auto query = page_parameters();
  query.insert(query.end(), further.begin(), further.end());
  return {group_of(kind),
          "list" + capital(plural(kind.one)),
          "Lists the " + plural(kind.one) + " by key.",
          std::move(query),
          "",
          {{200, "A page of them.", std::string(kind.schema) + "List", "application/json", {"ETag"}},
           unmodified(),
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract creates(const Kind& kind, std::vector<Parameter> query) {
  auto created = document(201, kind, "It exists.");
  created.headers.emplace_back("Location");
  return {group_of(kind),
          "create" + capital(kind.one),
          "Makes " + article(kind.one) + ".",
          std::move(query),
          "New" + std::string(kind.schema),
          {std::move(created), refuses(409, "The key is taken, or the same request is being answered."),
           refuses(422, "A field breaks a rule, or the Idempotency-Key was used for another request.")}};
}

Contract shows(const Kind& kind) {
  return {group_of(kind),
          "show" + capital(kind.one),
          "Shows " + article(kind.one) + ".",
          {},
          "",
          {document(200, kind, "As it is now."), unmodified(), refuses(422, "A parameter is unknown.")}};
}

Contract changes(const Kind& kind) {
  return {group_of(kind),
          "change" + capital(kind.one),
          "Changes what it is told of " + article(kind.one) + ".",
          {{"reason", "Why, for the history.", R"({"type":"string","maxLength":1000})"}},
          std::string(kind.schema) + "Change",
          {document(200, kind, "As it is now."),
           {412,
            "It has changed since: the ETag is that of the current version.",
            "Problem",
            "application/problem+json",
            {"ETag"}},
           refuses(422, "A field breaks a rule.")}};
}

Contract moves(std::string_view verb, std::string_view summary) {
  auto contract = changes({"experiment", "Experiment"});
  contract.name = std::string(verb) + "Experiment";
  contract.summary = summary;
  contract.query.clear();  // its body has the reason
  contract.reads = "Move";
  contract.answers.push_back(refuses(409, "Its state forbids this, or the same request is being answered."));
  contract.answers[2].about = "A field breaks a rule, or the Idempotency-Key was used for another request.";
  return contract;
}

}  // namespace touchstone::api
