#include "service/cli/serve.hpp"

#include <charconv>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "sdk/wire/encrypt.hpp"
#include "service/api/cors.hpp"
#include "service/app/keys.hpp"
#include "service/app/people.hpp"
#include "service/cli/client.hpp"
#include "service/cli/end_signals.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/host.hpp"
#include "service/observe/log.hpp"

namespace touchstone::cli {
namespace {

using observe::Level;

Error no_address(std::string_view text) {
  return {ErrorCode::invalid, fmt::format("\"{}\" is no address to listen on", text), "",
          "Write HOST:PORT, such as 127.0.0.1:8080."};
}

std::string_view without_brackets(std::string_view host) {
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') return host.substr(1, host.size() - 2);
  return host;
}

std::string url_of(const ServeOptions& options, const ListenAddress& address, std::uint16_t port) {
  const auto scheme = options.tls_cert.empty() ? "http" : "https";
  const auto host = address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
  return fmt::format("{}://{}:{}", scheme, host, port);
}

Status print_welcome(app::Service& service, const std::string& url) {
  fmt::print("Touchstone serves {}\n", url);
  const auto by_key = app::has_admin_key(service, service.default_environment());
  if (!by_key) return by_key.error();
  const auto by_person = app::has_admin(service, service.default_environment());
  if (!by_person) return by_person.error();
  if (!*by_key && !*by_person) {
    const auto token = app::create_setup_token(service);
    if (!token) return token.error();
    fmt::print("Become the first administrator, once and within a day:\n  {}/setup?token={}\n", url, *token);
  }
  std::fflush(stdout);
  return ok();
}

int serve(const ServeOptions& options, const ListenAddress& address) {
  const EndSignals signals;
  HostOptions host_options{.data = options.data,
                           .address = address.host,
                           .port = address.port,
                           .threads = options.threads,
                           .certificate_file = options.tls_cert,
                           .key_file = options.tls_key,
                           .checkpoint_events = options.checkpoint_events,
                           .streams = options.streams};
  host_options.front.streams_per_key = options.streams_per_key;
  host_options.front.growthbook_key = options.growthbook_key;
  host_options.front.growthbook_sticky_buckets = options.growthbook_sticky_buckets;
  host_options.front.heartbeat = std::chrono::seconds(options.stream_heartbeat);
  host_options.front.rate_limit = options.rate_limit;
  host_options.front.slow_rate_limit = options.slow_rate_limit;
  host_options.front.cors_origins = options.cors_origins;
  auto host = Host::open(host_options);
  if (!host) return complain(host.error());
  const auto url = url_of(options, address, (*host)->port());
  if (auto welcomed = print_welcome((*host)->service(), url); !welcomed) return complain(welcomed.error());
  const auto start = (*host)->service().start_counts();
  observe::log(Level::info, "serving",
               {{"address", url},
                {"data", options.data},
                {"checkpoint_events", std::to_string(start.checkpoint)},
                {"journal_events", std::to_string(start.journal)}});
  const int signal = signals.wait();
  observe::log(Level::info, "draining", {{"signal", std::to_string(signal)}});
  (*host)->stop();
  observe::log(Level::info, "stopped");
  return exit_ok;
}

}  // namespace

Result<ListenAddress> read_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return no_address(text);
  ListenAddress address;
  address.host = without_brackets(text.substr(0, colon));
  if (address.host.empty()) address.host = "127.0.0.1";
  const auto port = text.substr(colon + 1);
  const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (problem != std::errc{} || end != port.data() + port.size()) return no_address(text);
  return address;
}

int run_serve(const ServeOptions& options) {
  const auto address = read_listen_address(options.listen);
  if (!address) return complain_of_usage(address.error());
  if (const auto origins = api::check_origins(options.cors_origins); !origins)
    return complain_of_usage(origins.error());
  if (!options.growthbook_key.empty())
    if (const auto key = wire::check_growthbook_key(options.growthbook_key); !key)
      return complain_of_usage(key.error());
  return serve(options, *address);
}

}  // namespace touchstone::cli
