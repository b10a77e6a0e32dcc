#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/definitions.hpp"

namespace touchstone::api {

Result<http::Response> create_segment(Context& context, const http::Request& request, const fast::Caller& caller,
                                      const Once& once) {
  return create<storage::SegmentRule>(context, request, caller, once, app::add_segment);
}

Result<http::Response> list_segments(Context& context, const http::Request& request, const fast::Caller& caller) {
  return list<storage::SegmentRule>(context, request, caller);
}

Result<http::Response> show_segment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return show<storage::SegmentRule>(context, request, caller);
}

Result<http::Response> change_segment(Context& context, const http::Request& request, const fast::Caller& caller) {
  return change<storage::SegmentRule>(context, request, caller, app::change_segment);
}

}  // namespace touchstone::api
