#include "service/codec/filter_field.hpp"

#include "service/codec/metric_words.hpp"

namespace touchstone::codec {
namespace {

using storage::PropertyOperator;
using storage::PropertyTest;

constexpr std::size_t kMostTests = 16;
constexpr std::size_t kMostValues = 100;
constexpr std::size_t kLongestValue = 512;

bool read_value(const Field& field, std::string& into) {
  const JsonKind kind = field.value().kind();
  if (kind == JsonKind::null || kind == JsonKind::array || kind == JsonKind::object)
    return field.fail("must be a text, a number, true or false", "properties are compared with one value");
  return AnyJson{kLongestValue}(field, into);
}

bool read_operand(const Field& field, PropertyTest& into) {
  switch (into.op) {
    case PropertyOperator::is:
      return read_value(field, into.values.emplace_back());
    case PropertyOperator::in:
      return ListOf{kMostValues, read_value}(field, into.values);
    case PropertyOperator::exists:
      return read_bool(field, into.wanted);
    default:
      return Number{-1e15, 1e15}(field, into.number);
  }
}

bool read_test(const Field& field, PropertyTest& into) {
  if (!field.value().is(JsonKind::array) || field.value().size() != 3)
    return field.fail("must be [property, operator, operand]", R"(write it like ["category", "is", "books"])");
  auto element = field.value().elements().begin();
  const auto next = [&field, &element](std::size_t index, Place& place) {
    place = Place{&field.place(), {}, index};
    const Field inside = field.inside(*element, place);
    ++element;
    return inside;
  };
  Place place{&field.place(), {}, 0};
  return Text{128}(next(0, place), into.property) && OneOf{kPropertyOperators}(next(1, place), into.op) &&
         read_operand(next(2, place), into);
}

void write_operand(JsonWriter& out, const PropertyTest& test) {
  switch (test.op) {
    case PropertyOperator::is:
      out.raw(test.values.front());
      return;
    case PropertyOperator::in:
      out.begin_array();
      for (const auto& value : test.values) out.raw(value);
      out.end_array();
      return;
    case PropertyOperator::exists:
      out.boolean(test.wanted);
      return;
    default:
      out.number(test.number);
  }
}

}  // namespace

bool read_filter(const Field& field, storage::EventFilter& into) { return ListOf{kMostTests, read_test}(field, into); }

void write_filter(JsonWriter& out, const storage::EventFilter& filter) {
  out.begin_array();
  for (const auto& test : filter) {
    out.begin_array().text(test.property).text(word_of(kPropertyOperators, test.op));
    write_operand(out, test);
    out.end_array();
  }
  out.end_array();
}

}  // namespace touchstone::codec
