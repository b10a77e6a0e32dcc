#include "service/cli/command_line.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sdk/wire/import.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/did_you_mean.hpp"

namespace touchstone::cli {
namespace {

/// Examples first: a command's footer holds them.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override {
    return app->get_footer() + "\n" + CLI::Formatter::make_usage(app, std::move(name));
  }
  std::string make_footer(const CLI::App*) const override { return "\n"; }
};

using Chosen = std::optional<Command>;

/// A command whose options are read into `options` and chosen when it is parsed.
template <class Options>
CLI::App* add_command(CLI::App& program, Chosen& chosen, std::shared_ptr<Options> options, const std::string& name,
                      const std::string& what, const std::string& examples) {
  auto* command = program.add_subcommand(name, what);
  command->footer("\nExamples:\n" + examples);
  command->callback([&chosen, options] { chosen = *options; });
  return command;
}

CLI::Option* add_repeatable(CLI::App* command, const std::string& name, std::vector<std::string>& values,
                            const std::string& what) {
  return command->add_option(name, values, what)->allow_extra_args(false);
}

void add_analyze(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<AnalyzeOptions>();
  auto* command =
      add_command(program, chosen, options, "analyze", "Judge an experiment from a file of its events",
                  "  touchstone analyze events.ndjson.gz --metric converted:proportion\n"
                  "  touchstone analyze events.ndjson.gz --metric purchase:proportion --metric "
                  "refund:count:guardrail --margin refund=0.05 --split control=50,treatment=50\n"
                  "  touchstone analyze players.csv --unit userid --variant version --control gate_30 "
                  "--metric retention_7:proportion --metric rounds:count\n"
                  "  touchstone analyze events.ndjson.gz --metric converted:proportion --json | jq .verdict\n");
  command
      ->add_option("FILE", options->files,
                   "Event logs (NDJSON) or tables (CSV) with a row per unit, plain or gzip; "
                   "- reads standard input")
      ->required();
  add_repeatable(
      command, "--metric", options->metrics,
      "[KEY=]EVENT:KIND[:ROLE]; KIND is proportion, count, sum, mean, nps, csat, ces, retention, churn, ratio, "
      "funnel, duration, first_value, last_value, lifetime_value or a percentile of all events, such as p90; ROLE "
      "goal, "
      "secondary or guardrail; the first is the goal unless another says so")
      ->required();
  command->add_option("--control", options->control, "The variant compared against")->capture_default_str();
  command->add_option("--split", options->split, "Planned shares, VARIANT=SHARE,...; default: equal");
  command->add_option("--experiment", options->experiment, "Its key; default: the only one in the data");
  command
      ->add_option("--crossover", options->crossover,
                   "Units that met several variants: exclude them, or count them "
                   "for their first")
      ->capture_default_str();
  add_repeatable(command, "--expect", options->expect, "ATTRIBUTE=VARIANT:VALUE,...: what exposures should carry");
  command->add_option("--alpha", options->alpha, "Error rate of the verdict")->capture_default_str();
  command->add_option("--smallest-effect", options->smallest_effect, "Relative change below which nothing matters");
  add_repeatable(command, "--margin", options->margins,
                 "METRIC=SHARE: the relative harm a guardrail may show; of a score, in its own points");
  add_repeatable(command, "--direction", options->directions, "METRIC=decrease where less is better");
  add_repeatable(command, "--window", options->windows, "METRIC=[DELAY+]LENGTH after the first exposure, such as 7d");
  add_repeatable(
      command, "--define", options->definitions,
      "METRIC=JSON: further members of the metric as the API has them, such as nps='{\"property\": \"score\"}'");
  command->add_option("--unit", options->unit, "Table: the column of unit ids; default: the row's number");
  command->add_option("--variant", options->variant, "Table: the column of variants");
  command->add_flag("--json", options->json, "Print the report document");
  command->add_option("--html", options->html, "Write the report as a page to this file, complete in itself");
  command->add_option("--emit-events", options->emit_events, "Write the judged events (NDJSON for POST /v1/events)");
  command->add_option("--emit-setup", options->emit_setup, "Write the experiment and its metrics as API documents");
}

void add_totals(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<TotalsOptions>();
  auto* command = add_command(
      program, chosen, options, "totals", "Judge experiments, one or thousands, from the totals of their arms",
      "  touchstone totals arms.csv --control control\n"
      "  touchstone totals tests.csv.gz --column experiment=test_id --column variant=arm --column units=impressions "
      "--column conversions=clicks\n"
      "  touchstone totals daily.csv --split control=90,treatment=10 --json | jq 'select(.split.anytime_p < 0.001)'\n");
  command
      ->add_option("FILE", options->file,
                   "A table (CSV) with a row per arm: variant, units, and conversions or mean and variance (or sd); "
                   "experiment, metric and time where there are several, each later time with all that came before; "
                   "- reads standard input")
      ->required();
  add_repeatable(command, "--column", options->columns, "NAME=COLUMN: what the table calls one of the columns above");
  command->add_option("--control", options->control, "The variant compared against; default: each experiment's first");
  command->add_option("--split", options->split, "Planned shares, VARIANT=SHARE,...; default: equal");
  command->add_option("--alpha", options->alpha, "Error rate of a claim, however often it was looked")
      ->check(CLI::Range(1e-9, 0.5))
      ->capture_default_str();
  command
      ->add_option("--planned-units", options->planned_units, "Of two arms: where intervals at any look are narrowest")
      ->check(CLI::Range(2.0, 1e15))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print a document per experiment and metric, one a line");
}

void add_survival(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SurvivalOptions>();
  auto* command =
      add_command(program, chosen, options, "survival", "Judge how long customers stay, where some are still there",
                  "  touchstone survival customers.csv --control control\n"
                  "  touchstone survival subscriptions.csv.gz --column time=months --column ended=cancelled "
                  "--column stratum=plan --json | jq .results\n");
  command
      ->add_option("FILE", options->file,
                   "A table (CSV) with a row per customer: variant, time (how long the customer stayed, or has been "
                   "there so far) and ended (1 or 0: whether the customer left then); stratum where customers are "
                   "compared within groups; - reads standard input")
      ->required();
  add_repeatable(command, "--column", options->columns, "NAME=COLUMN: what the table calls one of the columns above");
  command->add_option("--control", options->control, "The variant compared against; default: the first");
  command->add_option("--alpha", options->alpha, "Error rate of a claim, at one look")
      ->check(CLI::Range(1e-9, 0.5))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print a document, with the curves");
}

void add_lifetime(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<LifetimeOptions>();
  auto* command = add_command(program, chosen, options, "lifetime",
                              "Project what customers will buy and spend, from their purchases so far",
                              "  touchstone lifetime purchases.csv\n"
                              "  touchstone lifetime orders.csv.gz --column customer=user_id --column amount=total "
                              "--until 2026-06-30 --horizon 26w\n");
  command
      ->add_option("FILE", options->file,
                   "A table (CSV) with a row per purchase: customer, date (2026-01-31), and amount; variant where "
                   "there are several; - reads standard input")
      ->required();
  add_repeatable(command, "--column", options->columns, "NAME=COLUMN: what the table calls one of the columns above");
  command->add_option("--until", options->until,
                      "The last day that counts as known; purchases after it only check the projection. Default: the "
                      "last of the table");
  command->add_option("--horizon", options->horizon, "How far to look ahead, such as 52w or 90d")
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print a document per variant, one a line");
}

/// The data directory that a command works on.
void add_data(CLI::App* command, std::string& data) {
  command->add_option("--data", data, "The data directory; made where there is none")
      ->envname("TOUCHSTONE_DATA")
      ->capture_default_str();
}

void add_serve(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<ServeOptions>();
  auto* command = add_command(program, chosen, options, "serve", "Serve a data directory over HTTP",
                              "  touchstone serve --data /var/lib/touchstone --listen 127.0.0.1:8080\n"
                              "  touchstone serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem\n");
  add_data(command, options->data);
  command->add_option("--listen", options->listen, "HOST:PORT; port 0 takes any free one")
      ->envname("TOUCHSTONE_LISTEN")
      ->capture_default_str();
  auto* certificate = command->add_option("--tls-cert", options->tls_cert, "PEM file with the certificate chain")
                          ->envname("TOUCHSTONE_TLS_CERT");
  auto* key =
      command->add_option("--tls-key", options->tls_key, "PEM file with its key")->envname("TOUCHSTONE_TLS_KEY");
  certificate->needs(key);
  key->needs(certificate);
  command->add_option("--threads", options->threads, "Event loops; default: one per core")
      ->envname("TOUCHSTONE_THREADS");
  command->add_option("--rate-limit", options->rate_limit, "Evaluations and event batches a second per key; 0: any")
      ->envname("TOUCHSTONE_RATE_LIMIT")
      ->capture_default_str();
  command->add_option("--slow-rate-limit", options->slow_rate_limit, "Other requests a second per key; 0: any")
      ->envname("TOUCHSTONE_SLOW_RATE_LIMIT")
      ->capture_default_str();
  command->add_option("--streams", options->streams, "Streams open at once; 0: half of what connections may be")
      ->envname("TOUCHSTONE_STREAMS");
  command->add_option("--streams-per-key", options->streams_per_key, "Streams open at once by one key; 0: any number")
      ->envname("TOUCHSTONE_STREAMS_PER_KEY")
      ->capture_default_str();
  command
      ->add_option("--checkpoint-events", options->checkpoint_events,
                   "Events after which the checkpoint follows the journal: a start reads at most as many again")
      ->check(CLI::Range(1U, 1'000'000'000U))
      ->envname("TOUCHSTONE_CHECKPOINT_EVENTS")
      ->capture_default_str();
  command->add_option("--stream-heartbeat", options->stream_heartbeat, "Seconds between signs of life in a stream")
      ->check(CLI::Range(1U, 3'600U))
      ->envname("TOUCHSTONE_STREAM_HEARTBEAT")
      ->capture_default_str();
  command
      ->add_option("--growthbook-key", options->growthbook_key,
                   "Encrypts what GrowthBook's SDKs load: base64 of 16 bytes, their decryptionKey")
      ->envname("TOUCHSTONE_GROWTHBOOK_KEY");
  command
      ->add_flag("--growthbook-sticky-buckets", options->growthbook_sticky_buckets,
                 "GrowthBook's SDKs all have a StickyBucketService: sticky experiments are rules for them too")
      ->envname("TOUCHSTONE_GROWTHBOOK_STICKY_BUCKETS");
  command->add_option("--cors-origin", options->cors_origins, "Whose pages may evaluate and send events; repeatable")
      ->envname("TOUCHSTONE_CORS_ORIGIN");
}

void add_demo(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<DemoOptions>();
  auto* command = add_command(program, chosen, options, "demo", "Serve a simulated shop with experiments to look at",
                              "  touchstone demo\n"
                              "  touchstone demo --seed 11 --customers 100000 --truth --keep shop\n");
  command->add_option("--keep,--data", options->data,
                      "Keep the data in this directory; default: they go with the demo");
  command->add_option("--listen", options->listen, "HOST:PORT; port 0 takes any free one")->capture_default_str();
  command->add_option("--seed", options->seed, "Another seed, another shop")->capture_default_str();
  command->add_option("--customers", options->customers, "How many there are")->capture_default_str();
  command->add_flag("--truth", options->truth, "Tell what was planted in each experiment");
  command->add_flag("--exit", options->exit, "End after the first report");
}

void add_create_key(CLI::App& keys, Chosen& chosen) {
  const auto options = std::make_shared<CreateKeyOptions>();
  auto* command = add_command(keys, chosen, options, "create", "Make a key and print it, once",
                              "  touchstone keys create --kind admin\n"
                              "  touchstone keys create --kind server --name shop\n");
  add_data(command, options->data);
  command->add_option("--kind", options->kind, "client, sdk, server or admin")
      ->required()
      ->check(CLI::IsMember({"client", "sdk", "server", "admin"}));
  command->add_option("--name", options->name, "What it is for");
}

void add_list_keys(CLI::App& keys, Chosen& chosen) {
  const auto options = std::make_shared<ListKeysOptions>();
  auto* command =
      add_command(keys, chosen, options, "list", "List the keys by id, kind and name", "  touchstone keys list\n");
  add_data(command, options->data);
  command->add_flag("--json", options->json, "Print the document");
}

void add_revoke_key(CLI::App& keys, Chosen& chosen) {
  const auto options = std::make_shared<RevokeKeyOptions>();
  auto* command = add_command(keys, chosen, options, "revoke", "End a key, at once and for good",
                              "  touchstone keys revoke ts_server_1a2B3c4D\n");
  add_data(command, options->data);
  command->add_option("ID", options->id, "As the list shows it")->required();
}

void add_keys(CLI::App& program, Chosen& chosen) {
  auto* keys = program.add_subcommand("keys", "Make, list and revoke API keys");
  keys->footer("\nExamples:\n  touchstone keys create --kind admin\n  touchstone keys list\n");
  keys->require_subcommand(1);
  add_create_key(*keys, chosen);
  add_list_keys(*keys, chosen);
  add_revoke_key(*keys, chosen);
}

CLI::Option* add_role(CLI::App* command, const std::string& name, std::string& role) {
  return command->add_option(name, role, "viewer, analyst, editor or admin")
      ->check(CLI::IsMember({"viewer", "analyst", "editor", "admin"}));
}

void add_email(CLI::App* command, std::string& email) {
  command->add_option("EMAIL", email, "As the list shows it")->required();
}

void add_add_person(CLI::App& people, Chosen& chosen) {
  const auto options = std::make_shared<AddPersonOptions>();
  auto* command = add_command(people, chosen, options, "add", "Invite somebody and print the link to join by, once",
                              "  touchstone people add ada@example.com --role editor\n");
  add_data(command, options->data);
  add_email(command, options->email);
  add_role(command, "--role", options->role)->capture_default_str();
  command->add_option("--name", options->name, "What they are called");
  command->add_option("--address", options->address, "Where the service is reached");
}

void add_list_people(CLI::App& people, Chosen& chosen) {
  const auto options = std::make_shared<ListPeopleOptions>();
  auto* command = add_command(people, chosen, options, "list", "List who may sign in, by role and state",
                              "  touchstone people list\n");
  add_data(command, options->data);
  command->add_flag("--json", options->json, "Print the document");
}

void add_role_of_person(CLI::App& people, Chosen& chosen) {
  const auto options = std::make_shared<ChangePersonOptions>();
  auto* command = add_command(people, chosen, options, "role", "Give somebody another role",
                              "  touchstone people role ada@example.com admin\n");
  add_data(command, options->data);
  add_email(command, options->email);
  add_role(command, "ROLE", options->role)->required();
}

void add_switch_of_person(CLI::App& people, Chosen& chosen, const std::string& name, bool disabled) {
  const auto options = std::make_shared<ChangePersonOptions>();
  options->disabled = disabled;
  auto* command = add_command(people, chosen, options, name,
                              disabled ? "Sign somebody out and let them in no more" : "Let somebody in again",
                              "  touchstone people " + name + " ada@example.com\n");
  add_data(command, options->data);
  add_email(command, options->email);
}

void add_reset_person(CLI::App& people, Chosen& chosen) {
  const auto options = std::make_shared<ResetPersonOptions>();
  auto* command = add_command(people, chosen, options, "reset", "Print a link to choose another password by, once",
                              "  touchstone people reset ada@example.com --address http://127.0.0.1:8080\n");
  add_data(command, options->data);
  add_email(command, options->email);
  command->add_option("--address", options->address, "Where the service is reached");
}

void add_people(CLI::App& program, Chosen& chosen) {
  auto* people = program.add_subcommand("people", "Invite, list and change who may sign in");
  people->footer("\nExamples:\n  touchstone people add ada@example.com --role admin\n  touchstone people list\n");
  people->require_subcommand(1);
  add_add_person(*people, chosen);
  add_list_people(*people, chosen);
  add_role_of_person(*people, chosen);
  add_switch_of_person(*people, chosen, "disable", true);
  add_switch_of_person(*people, chosen, "enable", false);
  add_reset_person(*people, chosen);
}

void add_link(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<LinkOptions>();
  auto* command = add_command(program, chosen, options, "link", "Make a one-time link for the first administrator",
                              "  touchstone link --address http://127.0.0.1:8080\n");
  add_data(command, options->data);
  command->add_option("--address", options->address, "Where the service is reached");
}

void add_preview(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<PreviewOptions>();
  auto* command =
      add_command(program, chosen, options, "preview", "Make a link that shows a variant, to nobody's count",
                  "  touchstone preview checkout one-page --page https://shop.example/cart\n"
                  "  touchstone preview checkout one-page --for 2h\n");
  add_data(command, options->data);
  command->add_option("experiment", options->experiment, "Key of a running experiment")->required();
  command->add_option("variant", options->variant, "Key of the variant to look at")->required();
  command->add_option("--page", options->page, "Address of the page to open");
  command->add_option("--for", options->lifetime, "How long the link works, at most 30d");
}

/// What is planned. Returns the option that names an earlier experiment.
CLI::Option* add_size_question(CLI::App* command, SampleSizeOptions& options) {
  auto* rate = command->add_option("--rate", options.rate, "What the metric shows today: a share of units");
  auto* mean = command->add_option("--mean", options.mean, "Or a mean over units")->excludes(rate);
  command->add_option("--deviation", options.deviation, "The standard deviation of that mean's units")->needs(mean);
  command->add_option("--answering", options.answering, "Share of units that have a value; default: all");
  auto* like = command->add_option("--like", options.experiment, "Or what the control of this experiment shows");
  like->excludes(rate)->excludes(mean);
  add_data(command, options.data);
  auto* change = command->add_option("--change", options.change, "The smallest relative change that matters");
  command->add_option("--difference", options.difference, "The same, absolute")->excludes(change);
  command->add_flag("--drop", options.drop, "Say the smallest drop that can be found, not the smallest rise");
  command->add_option("--units", options.units, "That enter, over all variants");
  command->add_option("--power", options.power, "Chance to find the change; default: 80%");
  command->add_option("--alpha", options.alpha, "Error rate of a claim; default: 0.05");
  command->add_option("--split", options.split, "Weights, control first; default: 50,50");
  command->add_option("--goals", options.goals, "Metrics that share alpha; default: 1");
  command->add_option("--method", options.method,
                      "always-valid, fixed-horizon or, for sizes, group-sequential; default: always-valid");
  command->add_option("--per-day", options.per_day, "Units that enter a day");
  command->add_flag("--json", options.json, "Print the answer's document");
  return like;
}

/// What only sizes are known of.
void add_size_tests(CLI::App* command, SampleSizeOptions& options) {
  command->add_option("--looks", options.looks, "Of a group sequential plan; default: 5");
  command->add_option("--spending", options.spending,
                      "obrien-fleming, pocock, kim-demets or hwang-shih-decani; default: obrien-fleming");
  command->add_option("--spending-parameter", options.spending_parameter, "Of the last two of them");
  auto* futility = command->add_option("--futility", options.futility,
                                       "Of a group sequential plan: none, non-binding or binding; default: none");
  command->add_option("--futility-spending", options.futility_spending, "As --spending, of the chance to miss it")
      ->needs(futility);
  command->add_option("--futility-parameter", options.futility_parameter, "As --spending-parameter")->needs(futility);
  command->add_option("--claim", options.claim, "difference, non-inferiority or equivalence; default: difference");
  auto* margin = command->add_option("--margin", options.margin, "Relative harm, or change, that does not matter");
  command->add_option("--margin-difference", options.margin_difference, "The same, absolute")->excludes(margin);
  command->add_option("--correlation", options.correlation, "With a covariate from before the experiment (CUPED)");
  auto* size =
      command->add_option("--cluster-size", options.cluster_size, "Units of a cluster, where those are assigned");
  command->add_option("--cluster-deviation", options.cluster_deviation, "The deviation of their sizes")->needs(size);
  auto* within = command->add_option("--intraclass", options.intraclass, "Correlation of units within a cluster");
  within->needs(size);
  size->needs(within);
}

void add_sample_size(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SampleSizeOptions>();
  auto* command = add_command(program, chosen, options, "sample-size",
                              "How many units an experiment needs, what it can find, or how sure it is to",
                              "  touchstone sample-size --rate 4.2% --change 5% --per-day 6000\n"
                              "  touchstone sample-size --rate 4.2% --units 80000\n"
                              "  touchstone sample-size --mean 31 --deviation 55 --difference 1.5 --split 90,10\n"
                              "  touchstone sample-size --rate 4.2% --change 5% --method group-sequential --looks 5\n"
                              "  touchstone sample-size --rate 4.2% --change 5% --method group-sequential "
                              "--futility non-binding\n"
                              "  touchstone sample-size --rate 6% --claim non-inferiority --margin 5%\n"
                              "  touchstone sample-size --like checkout --metric purchase --change 3%\n");
  auto* like = add_size_question(command, *options);
  command->add_option("--metric", options->metric, "In this metric")->needs(like);
  add_size_tests(command, *options);
}

void add_figures(CLI::App* command, SimulateOptions& options) {
  command->add_flag("--past", options.past, "With --like: draw from what the units of its control did, not a model");
  command->add_option("--shape", options.shape, "Of values: normal, gamma or lognormal")
      ->check(CLI::IsMember({"normal", "gamma", "lognormal"}))
      ->capture_default_str();
  command->add_option("--paying", options.paying, "Share of units whose value is not 0; default: all");
  command->add_option("--events", options.events, "Of a ratio: events a unit has, of which --rate is a share");
  command->add_option("--drift", options.drift, "By how much the mean has moved when the last unit enters");
  add_repeatable(command, "--ramp", options.ramp,
                 "WEIGHTS:SHARE, such as 95,5:20%: weights until that share of units has entered");
}

void add_past(CLI::App* command, SimulateOptions& options) {
  command->add_option("FILE", options.files,
                      "Units to draw from instead of a model: event logs or tables, as for analyze");
  add_repeatable(command, "--metric", options.metrics,
                 "Of files: [KEY=]EVENT:KIND[:ROLE], as for analyze, the changed one first; else the key of the "
                 "experiment's metric");
  add_repeatable(command, "--window", options.windows, "METRIC=[DELAY+]LENGTH after the first exposure, such as 7d");
  add_repeatable(command, "--define", options.definitions, "METRIC=JSON: further members of the metric");
  command->add_option("--unit", options.unit, "Table: the column of unit ids; default: the row's number");
  command->add_option("--variant", options.variant, "Table: the column of variants; default: all units are drawn");
  command->add_option("--control", options.control, "The variant whose units are drawn")->capture_default_str();
}

void add_simulate(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SimulateOptions>();
  auto* command = add_command(
      program, chosen, options, "simulate",
      "Play a planned analysis many times: how often it is wrong, what it finds, how long it takes",
      "  touchstone simulate --rate 4.2% --change 10% --per-day 6000\n"
      "  touchstone simulate --mean 31 --deviation 55 --paying 20% --change 5% --split 90,10 --units 50000\n"
      "  touchstone simulate --rate 5% --units 20000 --ramp 99,1:20% --drift 50% --looks 20\n"
      "  touchstone simulate customers.csv --metric bought:proportion --change 5%\n"
      "  touchstone simulate --like checkout --past\n"
      "  touchstone simulate --plan checkout.json --rate 4.2%\n");
  add_past(command, *options);
  add_size_question(command, options->plan);
  add_figures(command, *options);
  command
      ->add_option(
          "--plan", options->plan_file,
          "Play the plan of this experiment's document (JSON as the API takes it): split, method, alpha, goals, "
          "units, smallest effect")
      ->excludes("--like");
  command->add_option("--looks", options->looks, "Also play somebody who stops at the first p below alpha in so many");
  command->add_option("--repetitions", options->repetitions, "Courses played, with and without the change")
      ->check(CLI::Range(2U, 1'000'000U))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Another seed, other courses")->capture_default_str();
  command->add_option("--threads", options->threads, "Default: one per core");
}

void add_report(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<ReportOptions>();
  auto* command = add_command(program, chosen, options, "report", "Print the report of an experiment",
                              "  touchstone report checkout\n"
                              "  touchstone report checkout --json | jq .verdict\n"
                              "  touchstone report checkout --html checkout.html\n"
                              "  touchstone report checkout --as-of 2026-11-21T12:00:00Z\n");
  add_data(command, options->data);
  command->add_option("EXPERIMENT", options->experiment, "Its key")->required();
  auto* json = command->add_flag("--json", options->json, "Print the report document");
  auto* csv = command->add_flag("--csv", options->csv, "Print one line per measure and variant")->excludes(json);
  auto* markdown = command->add_flag("--md", options->markdown, "Print a summary for chat")->excludes(json, csv);
  command->add_flag("--truth", options->truth, "Of a simulated experiment: tell what was planted");
  command->add_option("--html", options->html, "Write the page to this file, complete in itself")
      ->excludes(json, csv, markdown);
  command->add_option("--as-of", options->as_of, "What was known then: changes and events received up to this time");
  command->add_option("--until", options->until, "Only events that happened up to this time");
}

void add_verify(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<VerifyOptions>();
  auto* command = add_command(program, chosen, options, "verify",
                              "Recompute a report document from the journal and say what differs",
                              "  touchstone report checkout --json > checkout.json\n"
                              "  touchstone verify checkout.json\n");
  add_data(command, options->data);
  command->add_option("FILE", options->file, "As `report --json` printed it; - reads standard input")->required();
  command->add_flag("--json", options->json, "Print the answer's document");
}

void add_rebuild(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<RebuildOptions>();
  auto* command =
      add_command(program, chosen, options, "rebuild",
                  "Recompute every experiment from the journal and prove that the live figures are the same",
                  "  touchstone rebuild\n");
  add_data(command, options->data);
  command->add_flag("--json", options->json, "Print the answer's document");
}

void add_doctor(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<DoctorOptions>();
  auto* command = add_command(program, chosen, options, "doctor",
                              "Check everything in a data directory and say what to do; changes nothing",
                              "  touchstone doctor --data /var/lib/touchstone\n"
                              "  touchstone doctor --json | jq '.findings[] | select(.level != \"ok\")'\n");
  add_data(command, options->data);
  command->add_flag("--json", options->json, "Print the findings as a document");
}

void add_erase(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<EraseOptions>();
  auto* command = add_command(program, chosen, options, "erase",
                              "Forget a unit: its events go, and what comes of it later is refused",
                              "  touchstone erase customer-17\n"
                              "  touchstone erase customer-17 --linked --json > certificate.json\n"
                              "  touchstone erase 9f3c --type device\n"
                              "  touchstone erase customer-17 --lift\n");
  add_data(command, options->data);
  command->add_option("ID", options->id, "The unit's id")->required();
  command->add_option("--type", options->type, "Its type")->capture_default_str();
  auto* linked = command->add_flag("--linked", options->linked, "Forget every unit of the same person, too");
  auto* lift = command->add_flag("--lift", options->lift, "Take events of the unit again; nothing comes back");
  auto* again = command->add_flag("--show", options->show, "Only show the certificate");
  linked->excludes(lift, again);
  lift->excludes(again);
  command->add_flag("--json", options->json, "Print the signed certificate");
}

void add_backup(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<BackupOptions>();
  auto* command = add_command(program, chosen, options, "backup",
                              "Copy a data directory while it is served, as it is at one moment, and check the copy",
                              "  touchstone backup /backups/touchstone-$(date +%F)\n");
  add_data(command, options->data);
  command->add_option("DIRECTORY", options->target, "A new directory for the copy")->required();
}

void add_restore(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<RestoreOptions>();
  auto* command = add_command(program, chosen, options, "restore", "Make a data directory from a backup, checked",
                              "  touchstone restore /backups/touchstone-2026-11-21 --data /var/lib/touchstone\n");
  command->add_option("--data", options->data, "The data directory to make; it must be new or empty")
      ->envname("TOUCHSTONE_DATA")
      ->capture_default_str();
  command->add_option("BACKUP", options->backup, "As `touchstone backup` made it")->required();
}

void add_export_events(CLI::App& exports, Chosen& chosen) {
  const auto options = std::make_shared<ExportEventsOptions>();
  auto* command = add_command(
      exports, chosen, options, "events", "Write stored events, in the order in which they were accepted",
      "  touchstone export events > events.ndjson\n"
      "  touchstone export events --from 2026-11-01T00:00:00Z --name purchase --format csv -o purchases.csv\n");
  add_data(command, options->data);
  command->add_option("--format", options->format, "ndjson: what POST /v1/events takes; csv: a column per field")
      ->check(CLI::IsMember({"ndjson", "csv"}))
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "File to write; default: standard output");
  command->add_option("--from", options->from, "That happened then or later");
  command->add_option("--before", options->before, "That happened before then");
  add_repeatable(command, "--type", options->types, "exposure, event, link or traits; repeatable")
      ->check(CLI::IsMember({"exposure", "event", "link", "traits"}));
  add_repeatable(command, "--name", options->names, "Events of this name; repeatable");
  add_repeatable(command, "--experiment", options->experiments, "Exposures to this experiment; repeatable");
  command->add_flag("--full", options->full,
                    "ndjson: each within what was fixed when it was stored (seq, te, received)");
  command->add_option("--environment", options->environment, "PROJECT/KEY, where there are several");
}

void add_export(CLI::App& program, Chosen& chosen) {
  auto* exports = program.add_subcommand("export", "Write what is stored as files");
  exports->footer("\nExamples:\n  touchstone export events > events.ndjson\n");
  exports->require_subcommand(1);
  add_export_events(*exports, chosen);
}

void add_sql(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SqlOptions>();
  auto* command = add_command(
      program, chosen, options, "sql", "Ask the stored events in SQL (SQLite's); changes nothing",
      "  touchstone sql \"SELECT name, count(*) FROM events WHERE type = 'event' GROUP BY name\"\n"
      "  touchstone sql --format csv \"SELECT date(te) AS day, sum(value) FROM events WHERE name = 'purchase' AND "
      "te >= '2026-11-01' GROUP BY day\"\n");
  add_data(command, options->data);
  command
      ->add_option("SELECT", options->statement,
                   "One SELECT over the table events: seq, environment, type, id, unit_type, unit, ts, te, received, "
                   "name, experiment, variant, config_version, value, attributes, channel, touchpoint, to_type, "
                   "to_unit, key; - reads standard input")
      ->required();
  command->add_option("--format", options->format, "table, csv or json (an object a line)")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
}

void add_import(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<ImportOptions>();
  auto* command = add_command(program, chosen, options, "import",
                              "Carry another vendor's flags and experiments over, moving nobody",
                              "  touchstone import --from growthbook features.json --dry-run\n"
                              "  touchstone import --from unleash features.json --start\n");
  add_data(command, options->data);
  const auto vendors = wire::importers();
  command->add_option("--from", options->vendor, fmt::format("One of {}", fmt::join(vendors, ", ")))
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>(vendors.begin(), vendors.end())));
  command->add_option("FILE", options->file, "Its configuration as JSON, plain or gzip; - reads standard input")
      ->required();
  command->add_flag("--start", options->start, "Start the experiments at once");
  command->add_flag("--dry-run", options->dry_run, "Say what would be created, and create nothing");
}

void add_import_check(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<ImportCheckOptions>();
  auto* command = add_command(program, chosen, options, "import-check",
                              "Replay another vendor's assignments and count those that are the same here",
                              "  touchstone import-check assignments.jsonl\n"
                              "  zcat assignments.jsonl.gz | touchstone import-check -\n");
  command
      ->add_option("FILE", options->files,
                   "One assignment per line: {\"vendor\", \"experiment\", \"unit\", \"variant\"}, plain or gzip; "
                   "- reads standard input")
      ->required();
}

/// A service that is reached by its address and a key.
void add_elsewhere(CLI::App* command, std::string& to, std::string& key) {
  command->add_option("--to", to, "A service elsewhere, in its place: http://HOST:PORT");
  command->add_option("--key", key, "Its key")->envname("TOUCHSTONE_KEY");
}

void add_ingest(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<IngestOptions>();
  auto* command =
      add_command(program, chosen, options, "ingest", "Store what files say as exposures and events, each row once",
                  "  touchstone ingest purchases.csv --dry-run\n"
                  "  touchstone ingest purchases.csv.gz --set event=purchase --map total=value --yes\n"
                  "  touchstone ingest customers.csv --set experiment=checkout --set time=2026-11-02 --map "
                  "group=variant --map bought=happened:purchase --yes\n"
                  "  touchstone ingest events.ndjson --to http://127.0.0.1:8080\n");
  command
      ->add_option("FILE", options->files,
                   "Tables (CSV), JSON objects or events, one a line, plain or gzip; - reads standard input")
      ->required();
  add_data(command, options->data);
  add_elsewhere(command, options->to, options->key);
  add_repeatable(command, "--map", options->maps,
                 "COLUMN=FIELD[:NAME]: what a column is, in place of a guess: unit, unit_type, time, id, type "
                 "(exposure, event, or traits: what is known of a unit from then on), event (its name), value, "
                 "experiment, variant, channel, touchpoint, property (as "
                 "text), number, properties (a JSON object), ignore; or an outcome, which becomes an event of its own: "
                 "happened (yes or no), amount (0: none), answer (0 counts)");
  add_repeatable(command, "--set", options->sets, "FIELD=VALUE: the same in every row, such as experiment=checkout");
  command->add_option("--unit-type", options->unit_type, "What the units are")->capture_default_str();
  command->add_flag("--unit-per-row", options->unit_per_row, "Each row is a unit of its own, without an id");
  command
      ->add_option(
          "--time-format", options->time_format,
          "plain (2026-11-21, 2026-11-21 14:05:00, with a zone or without, or a number since 1970), s, ms, us, "
          "or a pattern such as '%d/%m/%Y %H:%M'")
      ->capture_default_str();
  command->add_option("--zone", options->zone, "Of times that tell none: UTC or +01:00")->capture_default_str();
  command->add_option("--rejects", options->rejects, "File for rows that are not stored; default: FILE.rejects.csv");
  command->add_option("--patience", options->patience, "How long a batch is tried again, such as 30s or 1h")
      ->capture_default_str();
  command->add_flag("--ahead", options->ahead, "Also exposures of experiments that are not there yet");
  command->add_flag("--yes", options->yes, "Go by what was guessed");
  command->add_flag("--dry-run", options->dry_run, "Show what the first rows become, and store nothing");
  command->add_flag("--json", options->json, "Print a document per file");
}

void add_segment(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SegmentOptions>();
  auto* command = add_command(program, chosen, options, "segment", "Make a segment of the units that files list",
                              "  touchstone segment vip customers.csv --unit customer_id\n"
                              "  touchstone segment testers devices.csv --unit-type device\n");
  command->add_option("KEY", options->segment, "Of the segment; a list that it has is replaced")->required();
  command
      ->add_option("FILE", options->files,
                   "Tables (CSV) or JSON objects, one a line, plain or gzip; - reads standard input")
      ->required();
  add_data(command, options->data);
  add_elsewhere(command, options->to, options->key);
  command->add_option("--unit", options->unit, "The column of unit ids; default: the one that is called like one");
  command->add_option("--unit-type", options->unit_type, "What the units are")->capture_default_str();
}

std::vector<std::string> candidates(const CLI::App& app, std::string_view word) {
  std::vector<std::string> names;
  if (word.starts_with('-'))
    for (const auto* option : app.get_options()) names.push_back(option->get_name());
  else
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
  return names;
}

const CLI::App& spoken_to(const CLI::App& program) {
  const auto chosen = program.get_subcommands();
  return chosen.empty() ? program : spoken_to(*chosen.front());
}

/// "touchstone keys create".
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? "touchstone" : full_name(*app.get_parent()) + " " + app.get_name();
}

std::string complaint(const CLI::App& program, const CLI::ParseError& error) {
  const auto& app = spoken_to(program);
  const auto extras = program.remaining(true);
  const auto see = fmt::format("see: {} --help\n", full_name(app));
  if (extras.empty()) return fmt::format("touchstone: {}\n  {}", error.what(), see);
  const auto names = candidates(app, extras.front());
  const std::vector<std::string_view> views(names.begin(), names.end());
  return fmt::format("touchstone: unknown {} \"{}\"\n  {}\n  {}",
                     extras.front().starts_with('-') ? "option" : (&app == &program ? "command" : "argument"),
                     extras.front(), codec::did_you_mean(extras.front(), views), see);
}

Saying say(CLI::App& program, const CLI::ParseError& error) {
  if (error.get_exit_code() != 0) return {exit_usage, "", complaint(program, error)};
  std::ostringstream out;
  program.exit(error, out, out);
  return {exit_ok, out.str(), ""};
}

void describe(CLI::App& program) {
  program.name("touchstone");
  program.footer(
      "\nExamples:\n"
      "  touchstone analyze events.ndjson.gz --metric converted:proportion --control control\n"
      "  touchstone serve --data touchstone-data --listen 127.0.0.1:8080\n");
  program.set_version_flag("--version", "touchstone " TOUCHSTONE_VERSION);
  program.formatter(std::make_shared<ExamplesFirst>());
  program.get_formatter()->column_width(28);
}

}  // namespace

std::variant<Command, Saying> parse_command_line(int argc, const char* const* argv) {
  CLI::App program{"Assign, record and judge experiments"};
  Chosen chosen;
  describe(program);
  add_analyze(program, chosen);
  add_totals(program, chosen);
  add_survival(program, chosen);
  add_lifetime(program, chosen);
  add_serve(program, chosen);
  add_demo(program, chosen);
  add_keys(program, chosen);
  add_people(program, chosen);
  add_link(program, chosen);
  add_preview(program, chosen);
  add_sample_size(program, chosen);
  add_simulate(program, chosen);
  add_report(program, chosen);
  add_import(program, chosen);
  add_import_check(program, chosen);
  add_ingest(program, chosen);
  add_segment(program, chosen);
  add_verify(program, chosen);
  add_rebuild(program, chosen);
  add_doctor(program, chosen);
  add_erase(program, chosen);
  add_backup(program, chosen);
  add_restore(program, chosen);
  add_export(program, chosen);
  add_sql(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return say(program, error);
  }
  if (!chosen) return Saying{exit_usage, "", program.help()};
  return *chosen;
}

}  // namespace touchstone::cli
