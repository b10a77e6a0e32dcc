#include "service/cli/sample_question.hpp"

#include <optional>
#include <string_view>

#include "service/cli/option_text.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

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
  /// A change by a share, by so much, or both; nothing where neither is given.
  void amount(std::string_view name, std::string_view option, const std::string& relative,
              const std::optional<double>& absolute) {
    if (relative.empty() && !absolute) return;
    begin(name);
    share("relative", option, relative);
    number("absolute", absolute);
    end();
  }
  void begin(std::string_view name) { out_.key(name).begin_object(); }
  void end() { out_.end_object(); }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  codec::JsonWriter out_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::string> sample_question(const SampleSizeOptions& options) {
  std::string text;
  Question asked(text);
  if (options.experiment.empty() && (!options.rate.empty() || options.mean)) {
    asked.begin("baseline");
    asked.share("rate", "--rate", options.rate);
    asked.number("mean", options.mean);
    asked.number("deviation", options.deviation);
    asked.share("answering", "--answering", options.answering);
    asked.end();
  }
  asked.text("experiment", options.experiment);
  asked.text("metric", options.metric);
  asked.amount("effect", "--change", options.change, options.difference);
  if (options.drop) asked.text("direction", "drop");
  asked.number("units", options.units);
  asked.share("power", "--power", options.power);
  asked.number("alpha", options.alpha);
  asked.weights(options.split);
  asked.number("goals", options.goals);
  asked.text("method", options.method);
  asked.number("looks", options.looks);
  asked.text("spending", options.spending);
  asked.number("spending_parameter", options.spending_parameter);
  asked.text("futility", options.futility);
  asked.text("futility_spending", options.futility_spending);
  asked.number("futility_parameter", options.futility_parameter);
  asked.text("claim", options.claim);
  asked.amount("margin", "--margin", options.margin, options.margin_difference);
  asked.number("correlation", options.correlation);
  if (options.cluster_size) {
    asked.begin("clusters");
    asked.number("size", options.cluster_size);
    asked.number("deviation", options.cluster_deviation);
    asked.number("intraclass", options.intraclass);
    asked.end();
  }
  asked.number("units_per_day", options.per_day);
  asked.end();
  if (asked.error()) return *asked.error();
  return text;
}

}  // namespace touchstone::cli
