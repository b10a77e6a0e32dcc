#include "service/cli/demo.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "service/app/keys.hpp"
#include "service/app/reports.hpp"
#include "service/cli/client.hpp"
#include "service/cli/demo_data.hpp"
#include "service/cli/demo_season.hpp"
#include "service/cli/demo_traffic.hpp"
#include "service/cli/end_signals.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/host.hpp"
#include "service/cli/report_text.hpp"
#include "service/cli/serve.hpp"
#include "service/cli/terminal.hpp"
#include "service/page/number_text.hpp"
#include "service/page/verdict_text.hpp"
#include "service/simulate/planted.hpp"
#include "service/simulate/salts.hpp"

namespace touchstone::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// The demo while it is shown.
struct Stage {
  const DemoOptions& options;
  const ListenAddress& address;
  const DemoData& data;
  Host& host;

  [[nodiscard]] std::string url() const { return fmt::format("http://{}:{}", address.host, host.port()); }
};

Result<std::string> new_key(app::Service& service, fast::KeyKind kind) {
  auto key =
      app::create_key(service, service.default_environment(), kind, "demo", {"demo", "simulated shop", service.now()});
  if (!key) return key.error();
  return std::move(key->secret);
}

Result<DemoSeason::Connect> new_connections(const Stage& stage) {
  auto key = new_key(stage.host.service(), fast::KeyKind::admin);
  if (!key) return key.error();
  return DemoSeason::Connect([host = stage.address.host, port = stage.host.port(), key = std::move(*key)] {
    return ShopClient(http::Client(host, port), key);
  });
}

std::function<void(std::uint32_t)> progress_on_terminal(std::uint32_t customers) {
  const bool shown = terminal_of(stderr).interactive;
  return [shown, customers](std::uint32_t lived) {
    if (shown)
      fmt::print(stderr, "\r  {} of {} customers{}", page::grouped(lived), page::grouped(customers),
                 lived == customers ? "\r\033[K" : "");
  };
}

/// The season ends now: what runs still goes on from there.
simulate::ShopOptions shop_of(const DemoOptions& options, Time now) {
  simulate::ShopOptions shop{.seed = options.seed, .customers = options.customers, .opens = {}};
  shop.opens = std::chrono::floor<std::chrono::hours>(now) - std::chrono::days(shop.days);
  return shop;
}

Status play_season(const Stage& stage, const simulate::ShopOptions& shop) {
  const auto begun = Clock::now();
  auto connect = new_connections(stage);
  if (!connect) return connect.error();
  DemoSeason season(std::move(*connect), shop);
  if (auto agreed = season.agree(); !agreed) return agreed;
  const auto events = season.play(progress_on_terminal(shop.customers));
  if (!events) return events.error();
  if (auto closed = season.close(); !closed) return closed;
  const std::chrono::duration<double> took = Clock::now() - begun;
  fmt::print("  ✓ {} customers lived {} days: {} events through the HTTP API, {:.1f} s\n",
             page::grouped(shop.customers), shop.days, page::grouped(*events), took.count());
  return ok();
}

Result<std::vector<judge::Report>> judge_all(app::Service& service) {
  const auto begun = Clock::now();
  std::vector<judge::Report> reports;
  for (const auto& planted : simulate::planted_experiments()) {
    auto report = app::make_report(service, service.default_environment(), planted.key);
    if (!report) return report.error();
    reports.push_back(std::move(*report));
  }
  const std::chrono::duration<double> took = Clock::now() - begun;
  fmt::print("  ✓ {} experiments judged, {:.1f} s\n", reports.size(), took.count());
  return reports;
}

void print_report(const judge::Report& report, bool truth) {
  const auto terminal = terminal_of(stdout);
  ReportStyle style;
  style.width = terminal.width;
  style.colour = terminal.colour;
  style.again = "touchstone report " + report.experiment;
  if (const auto* planted = simulate::find_planted(report.experiment); truth && planted != nullptr)
    style.truth = {std::string(planted->truth), std::string(planted->lesson)};
  fmt::print("\n{}\n", report_text(report, style));
}

void print_experiments(const std::vector<judge::Report>& reports, bool truth) {
  fmt::print("All experiments{}\n", truth ? ", with their simulated truth" : "");
  for (const auto& report : reports) {
    const auto text = page::verdict_text(report);
    fmt::print("  {:<18} {} {}\n", report.experiment, text.icon, text.headline);
    if (const auto* planted = simulate::find_planted(report.experiment); truth && planted != nullptr)
      fmt::print("  {:<18} {}\n", "", planted->truth);
  }
}

Status print_first_steps(const Stage& stage) {
  auto& service = stage.host.service();
  const auto key = new_key(service, fast::KeyKind::client);
  if (!key) return key.error();
  const auto token = app::create_setup_token(service);
  if (!token) return token.error();
  fmt::print(
      "\nLook at them, with a link that signs one browser in\n"
      "  {0}/setup?token={1}\n"
      "Ask for an assignment\n"
      "  curl -s '{0}/v1/evaluate?flag=recommender&unit=cust_00000042' -H 'Authorization: Bearer {2}'\n"
      "Read another report, and what was planted\n"
      "  touchstone report coupon-popup --truth --data {3}\n\n"
      "Touchstone serves {0}, where customers keep coming; Ctrl-C stops it.\n",
      stage.url(), *token, *key, stage.data.path().string());
  std::fflush(stdout);
  return ok();
}

Status show(const Stage& stage, bool kept, const simulate::ShopOptions& shop) {
  fmt::print("Touchstone demo: a simulated shop; nothing leaves this machine\n");
  if (kept) fmt::print("  ✓ the shop that was kept in {}\n", stage.data.path().string());
  if (auto played = kept ? ok() : play_season(stage, shop); !played) return played;
  const auto reports = judge_all(stage.host.service());
  if (!reports) return reports.error();
  print_report(reports->front(), stage.options.truth);
  print_experiments(*reports, stage.options.truth);
  return print_first_steps(stage);
}

Status serve_until_ended(const Stage& stage, const simulate::ShopOptions& shop, const EndSignals& signals) {
  const auto connect = new_connections(stage);
  if (!connect) return connect.error();
  auto& service = stage.host.service();
  const auto known = static_cast<std::uint32_t>(service.evidence(service.default_environment()).units());
  const DemoTraffic traffic((*connect)(), shop, known);
  (void)signals.wait();
  return ok();
}

/// A directory for the demo: new, or one that a demo kept. Nobody's own data get simulated customers.
Status prepare(const DemoData& data, const DemoOptions& options) {
  std::error_code ignored;
  if (is_simulated(data.path())) return ok();
  if (std::filesystem::exists(data.path(), ignored) && !std::filesystem::is_empty(data.path(), ignored))
    return Error{ErrorCode::conflict, data.path().string() + " holds something else than a demo", "",
                 "Name a new folder."};
  if (std::filesystem::create_directories(data.path(), ignored))
    std::filesystem::permissions(data.path(), std::filesystem::perms::owner_all, ignored);
  return mark_simulated(data.path(), fmt::format("A simulated shop: touchstone demo --seed {} --customers {}",
                                                 options.seed, options.customers));
}

int run(const DemoOptions& options, const ListenAddress& address) {
  const EndSignals signals;
  const DemoData data(options.data);
  const bool kept = is_simulated(data.path());
  if (auto prepared = prepare(data, options); !prepared) return complain(prepared.error());
  HostOptions host_options{data.path(), address.host, address.port, 0, "", "", simulate::seeded_salts(options.seed)};
  auto host = Host::open(host_options);
  if (!host) return complain(host.error());
  const Stage stage{options, address, data, **host};
  const auto shop = shop_of(options, (*host)->service().now());
  if (auto shown = show(stage, kept, shop); !shown) return complain(shown.error());
  if (!options.exit)
    if (auto served = serve_until_ended(stage, shop, signals); !served) return complain(served.error());
  (*host)->stop();
  return exit_ok;
}

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto address = read_listen_address(options.listen);
  if (address) return run(options, *address);
  fmt::print(stderr, "touchstone: {}\n  {}\n", address.error().message, address.error().hint);
  return exit_usage;
}

}  // namespace touchstone::cli
