#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/definitions.hpp"

namespace touchstone::api {

Result<http::Response> create_metric(Context& context, const http::Request& request, const fast::Caller& caller,
                                     const Once& once) {
  return create<storage::Metric>(context, request, caller, once, app::add_metric);
}

Result<http::Response> list_metrics(Context& context, const http::Request& request, const fast::Caller& caller) {
  return list<storage::Metric>(context, request, caller);
}

Result<http::Response> show_metric(Context& context, const http::Request& request, const fast::Caller& caller) {
  return show<storage::Metric>(context, request, caller);
}

Result<http::Response> change_metric(Context& context, const http::Request& request, const fast::Caller& caller) {
  return change<storage::Metric>(context, request, caller, app::change_metric);
}

}  // namespace touchstone::api
