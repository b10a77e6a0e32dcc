#include "service/codec/problem_json.hpp"

#include "service/codec/fault_json.hpp"

namespace touchstone::codec {
namespace {

struct Words {
  std::string_view word;
  std::string_view title;
};

constexpr Words kTooMany{"too-many-requests", "More often than is allowed"};

Words words_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return {"invalid", "The request breaks a rule"};
    case ErrorCode::not_found:
      return {"not-found", "There is no such thing here"};
    case ErrorCode::conflict:
      return {"conflict", "The present state forbids this"};
    case ErrorCode::precondition:
      return {"precondition", "It has changed since you read it"};
    case ErrorCode::unauthorized:
      return {"unauthorized", "A valid key or session is needed"};
    case ErrorCode::forbidden:
      return {"forbidden", "Whoever asks may not do this"};
    case ErrorCode::too_large:
      return {"too-large", "Over a limit"};
    case ErrorCode::unsupported_media:
      return {"unsupported-media", "This content cannot be read here"};
    case ErrorCode::unavailable:
      return {"unavailable", "Not now; try again"};
    case ErrorCode::internal:
      return {"internal", "The fault is ours"};
  }
  return {"internal", "The fault is ours"};
}

}  // namespace

std::string_view problem_word(ErrorCode code) noexcept { return words_of(code).word; }

void write_fault(JsonWriter& out, const Error& error) {
  out.begin_object().key("pointer").text(error.pointer).key("detail").text(error.message);
  if (!error.hint.empty()) out.key("hint").text(error.hint);
  out.end_object();
}

std::string write_problem(const Error& error, int status, std::string_view request_id) {
  return write_problem(std::span(&error, 1), status, request_id);
}

std::string write_problem(std::span<const Error> errors, int status, std::string_view request_id) {
  const Error& first = errors.front();
  const Words words = status == 429 ? kTooMany : words_of(first.code);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("type").text("/problems/" + std::string(words.word)).key("title").text(words.title);
  out.key("status").integer(status).key("detail").text(first.message);
  if (!first.pointer.empty() || !first.hint.empty() || errors.size() > 1) {
    out.key("errors").begin_array();
    for (const auto& error : errors) write_fault(out, error);
    out.end_array();
  }
  if (!request_id.empty()) out.key("request_id").text(request_id);
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
