#include "service/api/handlers.hpp"

namespace touchstone::api {

void evaluate_query(Context& context, const http::Request& request, const fast::Caller& caller,
                    http::Response& response) {
  context.lane.evaluate_query(request, caller, response);
}

void evaluate_body(Context& context, const http::Request& request, const fast::Caller& caller,
                   http::Response& response) {
  context.lane.evaluate_body(request, caller, response);
}

}  // namespace touchstone::api
