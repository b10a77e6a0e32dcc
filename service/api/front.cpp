#include "service/api/front.hpp"

#include <utility>

#include "service/api/errors.hpp"
#include "service/api/routes.hpp"

namespace touchstone::api {

namespace {

void refuse(const http::Request& request, const Error& error, http::Response& response) {
  response = problem(error, request.request_id);
}

}  // namespace

Front::Front(app::Service& service, unsigned loops, FrontOptions options)
    : lane_(service.view(), doorbell_, loops, refuse),
      carrier_(service, lane_, doorbell_),
      context_{
          service, lane_, {}, {}, [this] { return carrier_.lost(); }, Sessions(options.tls), std::move(options.truths),
          {}} {}

std::vector<http::Route> Front::routes() { return api::routes(context_); }

http::ErrorBody Front::error_body() { return server_problem; }

}  // namespace touchstone::api
