#include "service/cli/sample_size.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/sample_size_text.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/sizing_json.hpp"

namespace touchstone::cli {
namespace {

/// "4.2%", "+5%" or "0.042".
std::optional<double> share_in(std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto number = number_in(text);
  return number && percent ? *number / 100 : number;
}

/// The options as the API's document, so that one reader knows the rules.
class Question {
 public:
  explicit Question(std::string& text) : out_(text) { out_.begin_object(); }

  void share(std::string_view name, std::string_view option, const std::string& text) {
    if (text.empty()) return;
    const auto share = share_in(text);
    if (!share && !error_) error_ = bad_option(option, text, "no number", "Write 5% or 0.05.");
    number(name, share);
  }
  void number(std::string_view name, const std::optional<double>& value) {
    if (value) out_.key(name).number(*value);
  }
  void text(std::string_view name, const std::string& value) {
    if (!value.empty()) out_.key(name).text(value);
  }
  void weights(const std::string& text) {
    if (text.empty()) return;
    out_.key("weights").begin_array();
    for (const std::string_view part : split_text(text, ',')) {
      const auto weight = number_in(part);
      if (!weight && !error_) error_ = bad_option("--split", text, "no weights", "Write 50,50, control first.");
      out_.number(weight.value_or(0));
    }
    out_.end_array();
  }
  void begin(std::string_view name) { out_.key(name).begin_object(); }
  void end() { out_.end_object(); }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  codec::JsonWriter out_;
  std::optional<Error> error_;
};

Result<std::string> question(const SampleSizeOptions& options) {
  std::string text;
  Question asked(text);
  if (options.experiment.empty()) {
    asked.begin("baseline");
    asked.share("rate", "--rate", options.rate);
    asked.number("mean", options.mean);
    asked.number("deviation", options.deviation);
    asked.share("answering", "--answering", options.answering);
    asked.end();
  }
  asked.text("experiment", options.experiment);
  asked.text("metric", options.metric);
  if (!options.change.empty() || options.difference) {
    asked.begin("effect");
    asked.share("relative", "--change", options.change);
    asked.number("absolute", options.difference);
    asked.end();
  }
  if (options.drop) asked.text("direction", "drop");
  asked.number("units", options.units);
  asked.share("power", "--power", options.power);
  asked.number("alpha", options.alpha);
  asked.weights(options.split);
  asked.number("goals", options.goals);
  asked.text("method", options.method);
  asked.number("units_per_day", options.per_day);
  asked.end();
  if (asked.error()) return *asked.error();
  return text;
}

/// Without an experiment nothing is asked of a service.
Result<std::string> answer_to(const SampleSizeOptions& options, const std::string& question) {
  if (!options.experiment.empty()) {
    auto client = OperatorClient::open(options.data);
    if (!client) return client.error();
    return client->post("/v1/sample-size", question);
  }
  const auto request = codec::read_size_request(question);
  if (!request) return request.error();
  const auto sized = judge::size_up(*request);
  if (!sized) return sized.error();
  return codec::write_sized(*request, *sized);
}

}  // namespace

int run_sample_size(const SampleSizeOptions& options) {
  const auto asked = question(options);
  if (!asked) return complain(asked.error());
  const auto answer = answer_to(options, *asked);
  if (!answer) return complain(answer.error());
  if (options.json) {
    fmt::print("{}\n", *answer);
    return exit_ok;
  }
  const auto text = sample_size_text(*answer);
  if (!text) return complain(text.error());
  fmt::print("{}", *text);
  return exit_ok;
}

}  // namespace touchstone::cli
