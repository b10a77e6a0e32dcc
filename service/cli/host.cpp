#include "service/cli/host.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include <sys/resource.h>

#include "service/cli/demo_data.hpp"
#include "service/cli/journal_routes.hpp"
#include "service/cli/report_route.hpp"
#include "service/cli/units_route.hpp"
#include "service/observe/log.hpp"

namespace touchstone::cli {
namespace {

constexpr rlim_t kMostDescriptors = 65'536;

/// Each connection takes a descriptor, and the usual soft limit of 1,024 is there for programs that cannot count them.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kMostDescriptors) return;
  limit.rlim_cur = std::min(limit.rlim_max, kMostDescriptors);
  setrlimit(RLIMIT_NOFILE, &limit);
}

http::ServerOptions server_options(const app::Service& service, const HostOptions& options, unsigned threads) {
  http::ServerOptions server;
  server.address = options.address;
  server.port = options.port;
  server.threads = threads;
  server.limits.streams = options.streams;
  server.certificate_file = options.certificate_file;
  server.key_file = options.key_file;
  server.unix_socket = service.directory().socket().string();
  server.on_failure = [](std::string_view request_id, std::string_view what) {
    observe::log(observe::Level::error, "request_failed",
                 {{"request_id", std::string(request_id)}, {"what", std::string(what)}});
  };
  return server;
}

}  // namespace

Host::Host(std::unique_ptr<app::Service> service, const HostOptions& options) : service_(std::move(service)) {
  const unsigned threads = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  auto front = options.front;
  front.tls = !options.certificate_file.empty();
  front.truths = truths_of(options.data);
  front.demo = is_simulated(options.data);
  const auto truths = front.truths;
  front_ = std::make_unique<api::Front>(*service_, threads, std::move(front));
  auto routes = front_->routes();
  routes.push_back(report_route(*service_, truths));
  routes.push_back(units_route(*service_));
  for (auto& route : journal_routes(*service_)) routes.push_back(std::move(route));
  server_ = std::make_unique<http::Server>(server_options(*service_, options, threads), std::move(routes),
                                           api::Front::error_body());
  front_->serve_over(*server_);
}

Result<std::unique_ptr<Host>> Host::open(const HostOptions& options) {
  raise_descriptor_limit();
  app::ServiceOptions terms;
  if (options.salts) terms.salts = options.salts;
  terms.checkpoint_events = options.checkpoint_events;
  auto service = app::Service::open(options.data, std::move(terms));
  if (!service) return service.error();
  std::unique_ptr<Host> host(new Host(std::move(*service), options));
  try {
    host->server_->start();
  } catch (const std::exception& error) {
    return Error{ErrorCode::unavailable, error.what(), "", ""};
  }
  return host;
}

Host::~Host() { stop(); }

void Host::stop() {
  server_->stop();
  front_->stop();
  service_->stop();
}

}  // namespace touchstone::cli
