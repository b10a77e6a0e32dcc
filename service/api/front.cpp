#include "service/api/front.hpp"

#include <utility>

#include "service/api/cors.hpp"
#include "service/api/errors.hpp"
#include "service/api/live.hpp"
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
      live_([&service](std::uint32_t environment) { return live_version(service, environment); },
            [&service](std::uint32_t environment, const std::string& experiment, const judge::TellStage& tell) {
              return live_state(service, environment, experiment, tell);
            },
            options.live_pace, options.live_streams),
      past_([](std::uint32_t) { return LiveBoard::Version{}; },
            [&service](std::uint32_t environment, const std::string& asked, const judge::TellStage& tell) {
              return past_state(service, environment, asked, tell);
            },
            options.past_pace, options.past_streams),
      scheduler_(service),
      keeps_schedules_(options.keeps_schedules),
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
               Hashing(options.hash_queue),
               live_,
               past_} {}

void Front::serve_over(http::Server& server) {
  context_.counters = [&server] { return server.counters(); };
  service_->on_published([this, &server] {
    context_.growthbook.refresh(*service_);
    server.wake_streams();
    scheduler_.look();
  });
  for (auto* board : {&live_, &past_}) board->start([&server] { server.wake_streams(); });
  if (keeps_schedules_) scheduler_.start();
}

void Front::stop() {
  context_.hashing.stop();
  scheduler_.stop();
  for (auto* board : {&live_, &past_}) board->stop();
  carrier_.stop();
}

std::vector<http::Route> Front::routes() {
  auto all = api::routes(context_);
  return origins_.empty() ? all : readable_from(origins_, std::move(all));
}

http::ErrorBody Front::error_body() { return server_problem; }

}  // namespace touchstone::api
