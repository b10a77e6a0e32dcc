#include "service/codec/counted_condition.hpp"

#include "service/codec/condition_field.hpp"
#include "service/codec/field.hpp"

namespace touchstone::codec {

Result<assign::Condition> read_counted_condition(std::string_view json) {
  return read_document(json, assign::Condition(), [](const Field& field, assign::Condition& condition) {
    ObjectReader in(field);
    in.required("when", condition, read_condition);
    in.finish();
  });
}

}  // namespace touchstone::codec
