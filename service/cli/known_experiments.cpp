#include "service/cli/known_experiments.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "service/codec/did_you_mean.hpp"
#include "service/codec/json.hpp"

namespace touchstone::cli {
namespace {

std::string text_of(codec::JsonView object, std::string_view member) {
  const auto value = object.find(member);
  return value ? std::string(value->text().value_or("")) : "";
}

/// The keys of the things in a document's list.
std::vector<std::string> keys_in(codec::JsonView document, std::string_view list) {
  std::vector<std::string> keys;
  if (const auto things = document.find(list))
    for (const auto thing : things->elements()) keys.push_back(text_of(thing, "key"));
  return keys;
}

std::string nearest(std::string_view name, const std::vector<std::string>& known) {
  return codec::did_you_mean(name, std::vector<std::string_view>(known.begin(), known.end()));
}

}  // namespace

Status KnownExperiments::check(const storage::Event& event) {
  if (event.type != storage::EventType::exposure || !may_ask_) return ok();
  const auto found = known(event.experiment);
  if (!found) return found.error();
  if (!may_ask_) return ok();
  const auto& experiment = **found;
  if (!experiment) return unknown(std::string(event.experiment));
  if (std::ranges::find(experiment->variants, event.variant) == experiment->variants.end())
    return Error{ErrorCode::not_found,
                 fmt::format("experiment \"{}\" has no variant \"{}\"", event.experiment, event.variant), "",
                 nearest(event.variant, experiment->variants)};
  if (experiment->unit_type != event.unit.type)
    return Error{ErrorCode::invalid,
                 fmt::format("experiment \"{}\" is about units of type {}, not {}", event.experiment,
                             experiment->unit_type, event.unit.type),
                 "", fmt::format("say --unit-type {}", experiment->unit_type)};
  return ok();
}

Result<const std::optional<KnownExperiments::Known>*> KnownExperiments::known(std::string_view experiment) {
  if (const auto at = known_.find(experiment); at != known_.end()) return &at->second;
  auto answer = ask(std::string(experiment));
  if (!answer) return std::move(answer).error();
  return &known_.emplace(experiment, *std::move(answer)).first->second;
}

Result<std::optional<KnownExperiments::Known>> KnownExperiments::ask(const std::string& experiment) {
  const auto answer = client_->get("/v1/experiments/" + experiment);
  if (!answer && answer.error().code == ErrorCode::not_found) return std::optional<Known>();
  if (!answer && answer.error().code == ErrorCode::forbidden) {
    may_ask_ = false;
    return std::optional<Known>();
  }
  if (!answer) return answer.error();
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return std::move(read).error();
  return std::optional<Known>({text_of(document.root(), "unit_type"), keys_in(document.root(), "variants")});
}

Error KnownExperiments::unknown(const std::string& experiment) {
  std::vector<std::string> there;
  codec::JsonDocument document;
  if (const auto answer = client_->get("/v1/experiments?limit=1000"); answer && document.read(*answer))
    there = keys_in(document.root(), "items");
  return {
      ErrorCode::not_found, fmt::format("there is no experiment \"{}\"", experiment), "",
      fmt::format("{}; create it, say another with --set experiment=KEY, or --ahead to store what counts once it is "
                  "there",
                  there.empty() ? "there is none yet" : nearest(experiment, there))};
}

}  // namespace touchstone::cli
