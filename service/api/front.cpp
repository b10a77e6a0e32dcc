#include "service/api/front.hpp"

#include <utility>

#include "service/api/cors.hpp"
#include "service/api/errors.hpp"
#include "service/api/routes.hpp"
#include "service/app/lookback.hpp"

namespace touchstone::api {

namespace {

void refuse(const http::Request& request, const Error& error, http::Response& response) {
  response = problem(error, request.request_id);
}

}  // namespace

Front::Front(app::Service& service, unsigned loops, FrontOptions options)
    : lane_(service.view(), doorbell_, loops, refuse),
      carrier_(service, lane_, doorbell_),
      service_(&service),
      origins_(std::move(options.cors_origins)),
      context_{service,
               lane_,
               {},
               {},
               [this] { return carrier_.lost(); },
               fast::RateLimit(options.rate_limit),
               fast::RateLimit(options.slow_rate_limit),
               std::move(options.truths),
               {},
               {},
               StreamSeats(options.streams_per_key),
               options.heartbeat,
               GrowthbookCache(std::move(options.growthbook_key), options.growthbook_sticky_buckets
                                                                      ? codec::GrowthbookMemory::sticky_buckets
                                                                      : codec::GrowthbookMemory::none),
               std::make_shared<app::Lookback>(service),
               options.tls,
               options.demo,
               {},
               Hashing(options.hash_queue)} {}

void Front::serve_over(http::Server& server) {
  context_.counters = [&server] { return server.counters(); };
  service_->on_published([this, &server] {
    context_.growthbook.refresh(*service_);
    server.wake_streams();
  });
}

std::vector<http::Route> Front::routes() {
  auto all = api::routes(context_);
  return origins_.empty() ? all : readable_from(origins_, std::move(all));
}

http::ErrorBody Front::error_body() { return server_problem; }

}  // namespace touchstone::api
