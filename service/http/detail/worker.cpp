#include "service/http/detail/worker.hpp"

#include <new>

namespace touchstone::http {

Site::Site(ServerOptions given, std::vector<Route> routes, ErrorBody body)
    : options(std::move(given)), router(std::move(routes)), error_body(std::move(body)) {}

void Site::report(std::string_view request_id, std::string_view what) const noexcept {
  try {
    if (options.on_failure) options.on_failure(request_id, what);
  } catch (...) {
    // A log that fails must not take the request with it.
  }
}

const Refusal& Site::blame_current(std::string_view request_id) const noexcept {
  try {
    throw;
  } catch (const std::bad_alloc& failure) {
    report(request_id, failure.what());
    return refusal::no_memory;
  } catch (const std::exception& failure) {
    report(request_id, failure.what());
  } catch (...) {
    report(request_id, "an exception that is no std::exception");
  }
  return refusal::failed;
}

Response bare_response(int status) {
  return {.status = status, .content_type = "text/plain", .headers = {}, .body = std::string{}};
}

Response Site::refuse(const Refusal& refusal, std::string_view target) const {
  Response response;
  try {
    response = error_body(refusal.status, refusal.detail, refusal.hint, target);
  } catch (...) {
    blame_current({});
    response = bare_response(refusal.status);
  }
  if (refusal.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace touchstone::http
