#include "service/codec/segment_json.hpp"

#include "assign/unit.hpp"
#include "sdk/wire/condition_json.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/condition_field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

using storage::SegmentRule;

bool read_unit_id(const Field& field, std::string& into) {
  const auto text = field.value().text();
  if (!text || !assign::valid_unit_id(*text))
    return field.fail("must be a unit's id", "a text of 1 to 256 bytes without control characters");
  into = *text;
  return true;
}

bool read_list(const Field& field, assign::Segment& into) {
  assign::UnitList list{"user", {}};
  ObjectReader in(field);
  in.optional("unit", list.unit, read_key);
  in.required("ids", list.ids, ListOf{assign::ConditionLimits::unit_list, read_unit_id});
  into = std::move(list);
  return in.finish();
}

bool read_rule(const Field& field, assign::Segment& into) {
  assign::Condition condition;
  if (!read_condition(field, condition)) return false;
  into = std::move(condition);
  return true;
}

void read_who(ObjectReader& in, assign::Segment& rule, Source source) {
  const bool by_rule = in.optional("when", rule, read_rule);
  const bool by_list = in.optional("list", rule, read_list);
  if (by_rule && by_list) in.fail("list", "both a rule and a list", "send when or list");
  if (!by_rule && !by_list && source != Source::changed)
    in.fail("when", "a segment needs a rule or a list", "add when or list");
}

void read_segment(const Field& field, SegmentRule& segment, Source source) {
  ObjectReader in(field);
  in.fixed("key", segment.key, read_key, source);
  in.server("version", segment.version, Whole{1, UINT32_MAX}, source);
  in.server("archived", segment.archived, read_bool, source);
  in.optional("name", segment.name, Text{200});
  in.optional("description", segment.description, Text{2'000});
  in.optional("owner", segment.owner, Text{200});
  read_who(in, segment.rule, source);
  in.finish();
}

Result<SegmentRule> read(std::string_view json, SegmentRule base, Source source) {
  return read_document(json, std::move(base),
                       [source](const Field& field, SegmentRule& segment) { read_segment(field, segment, source); });
}

void write_list(JsonWriter& out, const assign::UnitList& list) {
  out.key("list").begin_object().key("unit").text(list.unit).key("ids").begin_array();
  for (const auto& id : list.ids) out.text(id);
  out.end_array().end_object();
}

}  // namespace

Result<SegmentRule> read_new_segment(std::string_view json) { return read(json, {}, Source::created); }

Result<SegmentRule> read_segment_change(std::string_view json, const SegmentRule& current) {
  return read(json, current, Source::changed);
}

Result<SegmentRule> read_stored_segment(std::string_view json) { return read(json, {}, Source::stored); }

std::string write_segment(const SegmentRule& segment) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("key").text(segment.key).key("version").natural(segment.version);
  out.key("archived").boolean(segment.archived).key("name").text(segment.name);
  out.key("description").text(segment.description).key("owner").text(segment.owner);
  if (const auto* list = std::get_if<assign::UnitList>(&segment.rule)) {
    write_list(out, *list);
  } else {
    out.key("when").raw(wire::write_condition(std::get<assign::Condition>(segment.rule)));
  }
  out.end_object();
  return canonical_json(text).value();
}

}  // namespace touchstone::codec
