#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What each command of the program was asked, as text and plain values; every rule about their content is the
/// command's own.
namespace touchstone::cli {

struct AnalyzeOptions {
  std::vector<std::string> files;         ///< event logs or tables, plain or gzip; "-" reads standard input
  std::vector<std::string> metrics;       ///< [KEY=]EVENT:KIND[:ROLE]
  std::string control = "control";        ///< the variant compared against
  std::string split;                      ///< VARIANT=SHARE,...; empty: the variants of the data, equally
  std::string crossover = "exclude";      ///< exclude, first
  std::vector<std::string> expect;        ///< ATTRIBUTE=VARIANT:VALUE,...
  std::string experiment;                 ///< key; empty: the only one in the data, or a table's file name
  double alpha = 0.05;                    ///< error rate of the verdict
  std::optional<double> smallest_effect;  ///< relative
  std::vector<std::string> margins;       ///< METRIC=RELATIVE
  std::vector<std::string> directions;    ///< METRIC=increase|decrease
  std::vector<std::string> windows;       ///< METRIC=[DELAY+]LENGTH
  std::vector<std::string> definitions;   ///< METRIC=JSON: further members of the metric's document
  std::string unit;                       ///< a table's column of unit ids; empty: the row's number
  std::string variant;                    ///< a table's column of variants
  bool json = false;
  std::string html;         ///< file to write the page to
  std::string emit_events;  ///< file to write the judged events to
  std::string emit_setup;   ///< file to write the experiment's and metrics' documents to
};

struct TotalsOptions {
  std::string file;                  ///< a table of totals, plain or gzip; "-" reads standard input
  std::vector<std::string> columns;  ///< NAME=COLUMN
  std::string control;               ///< the variant compared against; empty: the first of each experiment
  std::string split;                 ///< VARIANT=SHARE,...; empty: equal shares
  double alpha = 0.05;               ///< error rate of a claim
  double planned_units = 40'000;     ///< of two arms, where the confidence sequence is narrowest
  bool json = false;
};

struct SurvivalOptions {
  std::string file;                  ///< a table with a row per customer, plain or gzip; "-" reads standard input
  std::vector<std::string> columns;  ///< NAME=COLUMN
  std::string control;               ///< the variant compared against; empty: the first
  double alpha = 0.05;               ///< error rate of a claim
  bool json = false;
};

struct LifetimeOptions {
  std::string file;                  ///< a table with a row per purchase, plain or gzip; "-" reads standard input
  std::vector<std::string> columns;  ///< NAME=COLUMN
  std::string until;                 ///< the last day that counts as known; empty: the last of the table
  std::string horizon = "52w";       ///< to look ahead
  bool json = false;
};

struct SampleSizeOptions {
  std::string rate;                 ///< what the metric shows today: a share of units, "4.2%"
  std::optional<double> mean;       ///< or a mean
  std::optional<double> deviation;  ///< with its standard deviation over units
  std::string answering;            ///< share of units that have a value
  std::string experiment;           ///< or what this experiment's control shows
  std::string metric;               ///< in this metric
  std::string data = "touchstone-data";
  std::string change;                ///< relative, "5%"
  std::optional<double> difference;  ///< absolute
  bool drop = false;                 ///< look for the smallest drop
  std::optional<double> units;
  std::string power;
  std::optional<double> alpha;
  std::string split;  ///< weights, control first
  std::optional<double> goals;
  std::string method;
  std::optional<double> looks;  ///< of a group sequential plan
  std::string spending;
  std::optional<double> spending_parameter;
  std::string futility;  ///< none, non-binding, binding
  std::string futility_spending;
  std::optional<double> futility_parameter;
  std::string claim;
  std::string margin;                       ///< relative, "2%"
  std::optional<double> margin_difference;  ///< absolute
  std::optional<double> correlation;        ///< with a covariate
  std::optional<double> cluster_size;
  std::optional<double> cluster_deviation;
  std::optional<double> intraclass;
  std::optional<double> per_day;
  bool json = false;
};

struct SimulateOptions {
  bool past = false;                 ///< draw the units of the experiment's control
  std::string past_of;               ///< that experiment, once its plan was taken
  SampleSizeOptions plan;            ///< what is planned; its experiment: the plan that is played
  std::string plan_file;             ///< or an experiment's document; empty: none
  std::vector<std::string> files;    ///< units to draw from, event logs or tables; empty: a model
  std::vector<std::string> metrics;  ///< [KEY=]EVENT:KIND[:ROLE] of the files, or the key of the experiment's metric
  std::vector<std::string> windows;  ///< METRIC=[DELAY+]LENGTH
  std::vector<std::string> definitions;  ///< METRIC=JSON
  std::string unit;                      ///< a table's column of unit ids; empty: the row's number
  std::string variant;                   ///< a table's column of variants; empty: all units may be drawn
  std::string control = "control";       ///< the variant whose units are drawn
  std::string shape = "lognormal";       ///< of values: normal, gamma, lognormal
  std::string paying;                    ///< share of units whose value is not 0
  std::optional<double> events;          ///< a unit has on average, of which --rate is a share
  std::string drift;                     ///< by how much the mean has moved at the end
  std::vector<std::string> ramp;         ///< WEIGHTS:SHARE, until that share of units has entered
  std::uint32_t looks = 0;               ///< of somebody who peeks at the fixed-horizon p; 0: nobody
  std::uint32_t repetitions = 1'000;
  std::uint64_t seed = 7;
  unsigned threads = 0;  ///< 0: one per core
};

struct ServeOptions {
  std::string data = "touchstone-data";
  std::string listen = "127.0.0.1:8080";
  std::string tls_cert;                      ///< PEM file; empty: no TLS
  std::string tls_key;                       ///< PEM file
  unsigned threads = 0;                      ///< event loops; 0: one per core
  std::uint32_t rate_limit = 200'000;        ///< evaluations and bodies of events per second and key; 0: any number
  std::uint32_t slow_rate_limit = 5'000;     ///< everything else per second and key; 0: any number
  std::uint32_t streams = 0;                 ///< open at once; 0: half of what connections may be
  std::uint32_t streams_per_key = 10'000;    ///< of them, by one key; 0: any number
  std::string growthbook_key;                ///< base64 of 16 bytes; empty: payloads of GrowthBook are plain
  bool growthbook_sticky_buckets = false;    ///< GrowthBook's SDKs have a StickyBucketService
  std::uint32_t stream_heartbeat = 15;       ///< seconds
  std::uint64_t checkpoint_events = 65'536;  ///< after which the checkpoint follows the journal
  std::vector<std::string> cors_origins;     ///< whose pages may evaluate and send events
};

struct CreateKeyOptions {
  std::string data = "touchstone-data";
  std::string kind;  ///< client, sdk, server, admin
  std::string name;  ///< what it is for
};

struct ListKeysOptions {
  std::string data = "touchstone-data";
  bool json = false;
};

struct RevokeKeyOptions {
  std::string data = "touchstone-data";
  std::string id;
};

struct LinkOptions {
  std::string data = "touchstone-data";
  std::string address;  ///< put before the link's path, such as http://127.0.0.1:8080
};

struct AddPersonOptions {
  std::string data = "touchstone-data";
  std::string email;
  std::string name;  ///< empty: the person says it
  std::string role = "viewer";
  std::string address;  ///< put before the link's path
};

struct ListPeopleOptions {
  std::string data = "touchstone-data";
  bool json = false;
};

/// What happens to one: another role, or being disabled, or not any more.
struct ChangePersonOptions {
  std::string data = "touchstone-data";
  std::string email;
  std::string role;  ///< empty: stays
  std::optional<bool> disabled;
};

struct ResetPersonOptions {
  std::string data = "touchstone-data";
  std::string email;
  std::string address;  ///< put before the link's path
};

struct PreviewOptions {
  std::string data = "touchstone-data";
  std::string experiment;
  std::string variant;
  std::string page;  ///< the link's address; empty: only the token is printed
  std::string lifetime = "24h";
};

struct ReportOptions {
  std::string data = "touchstone-data";
  std::string experiment;
  bool json = false;
  bool csv = false;
  bool markdown = false;
  bool truth = false;  ///< of a simulated experiment: tell what was planted
  std::string html;    ///< file to write the page to
  std::string as_of;   ///< what was known then; empty: now
  std::string until;   ///< events up to then; empty: all
};

struct VerifyOptions {
  std::string data = "touchstone-data";
  std::string file;  ///< a report document; "-" reads standard input
  bool json = false;
};

struct RebuildOptions {
  std::string data = "touchstone-data";
  bool json = false;
};

struct DoctorOptions {
  std::string data = "touchstone-data";
  bool json = false;
};

struct EraseOptions {
  std::string data = "touchstone-data";
  std::string type = "user";
  std::string id;
  bool linked = false;  ///< and all units of the same person
  bool lift = false;    ///< take events of the unit again
  bool show = false;    ///< the certificate of an erasure that is in force
  bool json = false;
};

struct BackupOptions {
  std::string data = "touchstone-data";
  std::string target;  ///< a new directory
};

struct RestoreOptions {
  std::string data = "touchstone-data";
  std::string backup;
};

struct ExportEventsOptions {
  std::string data = "touchstone-data";
  std::string environment;  ///< PROJECT/KEY; empty: the only one
  std::string format = "ndjson";
  std::string output;                    ///< file; empty: standard output
  std::string from;                      ///< effective times, inclusive
  std::string before;                    ///< exclusive
  std::vector<std::string> names;        ///< of events; empty: any
  std::vector<std::string> experiments;  ///< that exposures name; empty: any
  std::vector<std::string> types;        ///< exposure, event, link, traits; empty: any
  bool full = false;                     ///< also what was fixed when they were stored
};

struct SqlOptions {
  std::string data = "touchstone-data";
  std::string statement;  ///< "-" reads standard input
  std::string format = "table";
};

struct ImportOptions {
  std::string vendor;
  std::string file;  ///< plain or gzip; "-" reads standard input
  std::string data = "touchstone-data";
  bool start = false;    ///< start the experiments that are created
  bool dry_run = false;  ///< only say what would be created
};

struct IngestOptions {
  std::vector<std::string> files;  ///< CSV or JSON lines, plain or gzip; "-" reads standard input
  std::string data = "touchstone-data";
  std::string to;                 ///< http://HOST:PORT of a service elsewhere; empty: the data directory
  std::string key;                ///< for it
  std::vector<std::string> maps;  ///< COLUMN=FIELD[:NAME]
  std::vector<std::string> sets;  ///< FIELD=VALUE
  std::string unit_type = "user";
  bool unit_per_row = false;  ///< rows have no ids of units: each is one
  std::string time_format = "plain";
  std::string zone = "UTC";
  std::string rejects;          ///< file for rows that are not stored; empty: FILE.rejects.csv
  std::string patience = "5m";  ///< how long a batch is tried again
  bool ahead = false;           ///< store exposures of experiments that are not there yet
  bool yes = false;             ///< go by the guess
  bool dry_run = false;         ///< only show what would be stored
  bool json = false;
};

struct SegmentOptions {
  std::string segment;             ///< key
  std::vector<std::string> files;  ///< CSV or JSON lines, plain or gzip; "-" reads standard input
  std::string data = "touchstone-data";
  std::string to;    ///< http://HOST:PORT of a service elsewhere; empty: the data directory
  std::string key;   ///< for it
  std::string unit;  ///< the column of unit ids; empty: the one that is called like one
  std::string unit_type = "user";
};

struct ImportCheckOptions {
  std::vector<std::string> files;  ///< JSON lines, plain or gzip; "-" reads standard input
};

struct DemoOptions {
  std::string data;  ///< directory to keep; empty: one that goes with the demo
  std::string listen = "127.0.0.1:8080";
  std::uint64_t seed = 7;
  std::uint32_t customers = 50'000;
  bool truth = false;  ///< tell what was planted
  bool exit = false;   ///< end after the first report instead of serving on
};

}  // namespace touchstone::cli
