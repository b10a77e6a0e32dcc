#include "service/codec/decision_json.hpp"

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

constexpr Word<DecisionAction> kActions[] = {{DecisionAction::ship, "ship"},
                                             {DecisionAction::roll_back, "roll_back"},
                                             {DecisionAction::extend, "extend"},
                                             {DecisionAction::stop, "stop"}};
constexpr Text kText{1'000};

void key_or_null(JsonWriter& out, std::string_view name, std::string_view key) {
  out.key(name);
  key.empty() ? out.null() : out.text(key);
}

/// Within an object.
void write_members(JsonWriter& out, const Decision& decision) {
  out.key("action").text(name_of(decision.made.action));
  key_or_null(out, "variant", decision.made.variant);
  out.key("advice").begin_object().key("code").text(decision.advice.code);
  key_or_null(out, "variant", decision.advice.variant);
  out.key("headline")
      .text(decision.advice.headline)
      .end_object()
      .key("against")
      .boolean(decision.against)
      .key("results")
      .text(decision.results);
}

void write_whole(JsonWriter& out, const Decision& decision) {
  out.begin_object().key("number").natural(decision.number).key("at").text(time_text(decision.at));
  out.key("by").text(decision.by).key("reason").text(decision.made.reason);
  write_members(out, decision);
  out.end_object();
}

bool read_nothing_or_key(const Field& field, std::string& into) {
  return field.value().is(JsonKind::null) || read_key(field, into);
}

bool read_advice(const Field& field, Advice& into) {
  ObjectReader in(field);
  in.required("code", into.code, kText);
  in.required("variant", into.variant, read_nothing_or_key);
  in.required("headline", into.headline, kText);
  return in.finish();
}

}  // namespace

std::string_view name_of(DecisionAction action) noexcept { return word_of(kActions, action); }

Result<DecisionRequest> read_decision_request(std::string_view json) {
  return read_document(json, DecisionRequest{}, [](const Field& field, DecisionRequest& request) {
    ObjectReader in(field);
    in.required("action", request.action, OneOf(kActions));
    in.optional("variant", request.variant, read_key);
    in.optional("reason", request.reason, kText);
    if (!request.variant.empty() && request.action != DecisionAction::ship)
      in.fail("variant", "only shipping is about a variant", "Leave it out.");
    in.finish();
  });
}

std::string write_stored_decision(const Decision& decision) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_members(out, decision);
  out.end_object();
  return text;
}

Result<Decision> read_stored_decision(std::string_view json) {
  return read_document(json, Decision{}, [](const Field& field, Decision& decision) {
    ObjectReader in(field);
    in.required("action", decision.made.action, OneOf(kActions));
    in.required("variant", decision.made.variant, read_nothing_or_key);
    in.required("advice", decision.advice, read_advice);
    in.required("against", decision.against, read_bool);
    in.required("results", decision.results, kText);
    in.finish();
  });
}

std::string write_decision(const Decision& decision) {
  std::string text;
  JsonWriter out(text);
  write_whole(out, decision);
  return text;
}

std::string write_decisions(std::span<const Decision> decisions) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& decision : decisions) write_whole(out, decision);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
