#include "service/cli/demo.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "service/app/keys.hpp"
#include "service/app/reports.hpp"
#include "service/cli/client.hpp"
#include "service/cli/demo_season.hpp"
#include "service/cli/end_signals.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/host.hpp"
#include "service/cli/report_text.hpp"
#include "service/cli/serve.hpp"
#include "service/cli/terminal.hpp"
#include "service/page/number_text.hpp"
#include "service/simulate/planted.hpp"

namespace touchstone::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kDays = 60;

/// Where the demo keeps its data: what was named, else a directory that goes when the demo ends.
class DemoData {
 public:
  explicit DemoData(const std::string& named) : path_(named), ours_(named.empty()) {
    if (!ours_) return;
    std::string pattern = (std::filesystem::temp_directory_path() / "touchstone-demo-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  DemoData(const DemoData&) = delete;
  DemoData& operator=(const DemoData&) = delete;
  ~DemoData() {
    std::error_code ignored;
    if (ours_) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool ours_;
};

Result<std::string> new_key(app::Service& service, fast::KeyKind kind) {
  auto key =
      app::create_key(service, service.default_environment(), kind, "demo", {"demo", "simulated shop", service.now()});
  if (!key) return key.error();
  return std::move(key->secret);
}

std::function<void(std::uint32_t)> progress_on_terminal(std::uint32_t customers) {
  const bool shown = terminal_of(stderr).interactive;
  return [shown, customers](std::uint32_t lived) {
    if (shown && (lived % 500 == 0 || lived == customers))
      fmt::print(stderr, "\r  {} of {} customers{}", page::grouped(lived), page::grouped(customers),
                 lived == customers ? "\r\033[K" : "");
  };
}

simulate::ShopOptions shop_of(const DemoOptions& options, Time now) {
  const auto closes = std::chrono::floor<std::chrono::hours>(now);
  return {
      .seed = options.seed, .customers = options.customers, .opens = closes - std::chrono::days(kDays), .days = kDays};
}

Status play_season(Host& host, const DemoOptions& options, const std::string& address) {
  const auto begun = Clock::now();
  auto key = new_key(host.service(), fast::KeyKind::admin);
  if (!key) return key.error();
  DemoSeason season(http::Client(address, host.port()), *key, shop_of(options, host.service().now()));
  if (auto agreed = season.agree(); !agreed) return agreed;
  const auto events = season.play(progress_on_terminal(options.customers));
  if (!events) return events.error();
  const std::chrono::duration<double> took = Clock::now() - begun;
  fmt::print("  ✓ {} experiments agreed on and started\n", simulate::planted_experiments().size());
  fmt::print("  ✓ {} customers lived {} days: {} events through the HTTP API, {:.1f} s\n",
             page::grouped(options.customers), kDays, page::grouped(*events), took.count());
  return ok();
}

Status print_report(app::Service& service, std::string_view experiment) {
  const auto report = app::make_report(service, service.default_environment(), experiment);
  if (!report) return report.error();
  const auto terminal = terminal_of(stdout);
  ReportStyle style;
  style.width = terminal.width;
  style.colour = terminal.colour;
  style.again = "touchstone report " + std::string(experiment);
  fmt::print("\n{}\n", report_text(*report, style));
  return ok();
}

void print_experiments(bool truth) {
  fmt::print("Experiments{}\n", truth ? ", with their simulated truth" : "");
  for (const auto& planted : simulate::planted_experiments())
    fmt::print("  {:<18} {}\n", planted.key, truth ? planted.truth : planted.name);
}

void print_first_steps(const std::string& url, const std::string& key, const std::filesystem::path& data) {
  fmt::print(
      "\nAsk for an assignment\n"
      "  curl -s '{}/v1/evaluate?flag=one-page-checkout&unit=cust_00000042' \\\n"
      "    -H 'Authorization: Bearer {}'\n"
      "Read another report\n"
      "  touchstone report hero-image --data {}\n\n"
      "Touchstone serves {}; Ctrl-C stops it.\n",
      url, key, data.string(), url);
  std::fflush(stdout);
}

Status show(Host& host, const DemoOptions& options, const ListenAddress& address, const std::filesystem::path& data) {
  fmt::print("Touchstone demo: a simulated shop; nothing leaves this machine\n");
  if (auto played = play_season(host, options, address.host); !played) return played;
  if (auto printed = print_report(host.service(), simulate::planted_experiments().front().key); !printed)
    return printed;
  print_experiments(options.truth);
  auto key = new_key(host.service(), fast::KeyKind::client);
  if (!key) return key.error();
  print_first_steps(fmt::format("http://{}:{}", address.host, host.port()), *key, data);
  return ok();
}

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto address = read_listen_address(options.listen);
  if (!address) {
    fmt::print(stderr, "touchstone: {}\n  {}\n", address.error().message, address.error().hint);
    return exit_usage;
  }
  const EndSignals signals;
  const DemoData data(options.data);
  auto host = Host::open({data.path(), address->host, address->port, 0, "", ""});
  if (!host) return complain(host.error());
  if (auto shown = show(**host, options, *address, data.path()); !shown) return complain(shown.error());
  if (!options.exit) (void)signals.wait();
  (*host)->stop();
  return exit_ok;
}

}  // namespace touchstone::cli
