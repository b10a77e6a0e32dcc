#include "service/codec/ofrep_json.hpp"

#include <algorithm>
#include <array>

#include "assign/tables.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

constexpr std::array<std::string_view, 5> kCodes = {"PARSE_ERROR", "TARGETING_KEY_MISSING", "INVALID_CONTEXT",
                                                    "FLAG_NOT_FOUND", "GENERAL"};
constexpr std::array<std::string_view, 3> kExposers = {"evaluate", "client", "event"};
constexpr std::string_view kTargetingKey = "targetingKey";
constexpr std::string_view kUser = "user";
constexpr std::string_view kNoTargetingKey = "the rules of this flag draw units, and the context has no targetingKey";

OfrepFault invalid(std::string details) { return {OfrepCode::invalid_context, std::move(details)}; }

/// Fills a request from a context. Each step returns what is wrong, or nothing.
class ContextReader {
 public:
  ContextReader(EvaluateRequest& request, std::deque<std::vector<std::string_view>>& lists,
                std::deque<std::string>& made, std::span<const std::string_view> unit_types) noexcept
      : request_(&request), lists_(&lists), made_(&made), unit_types_(unit_types) {}

  std::optional<OfrepFault> read(JsonView context) {
    if (auto fault = read_targeting_key(context.find(kTargetingKey))) return fault;
    for (const auto& [name, value] : context.members()) read_attribute(name, value);
    if (request_->attributes.size() <= EvaluateLimits::attributes) return std::nullopt;
    return invalid("more than " + std::to_string(EvaluateLimits::attributes) + " attributes");
  }

 private:
  std::optional<OfrepFault> read_targeting_key(std::optional<JsonView> value) {
    if (!value || value->is(JsonKind::null)) return std::nullopt;
    const auto id = value->text();
    if (!id) return invalid("targetingKey is not a text");
    if (id->empty()) return std::nullopt;
    if (!assign::valid_unit_id(*id)) return invalid("targetingKey is not 1 to 256 bytes without control characters");
    add_unit({kUser, *id});
    return std::nullopt;
  }

  void read_attribute(std::string_view name, JsonView value) {
    switch (value.kind()) {
      case JsonKind::null:
        return;
      case JsonKind::boolean:
        return add(name, *value.boolean());
      case JsonKind::text:
        return read_text(name, *value.text());
      case JsonKind::array:
        return read_list(name, value);
      case JsonKind::object:
        for (const auto& member : value.members())
          read_attribute(made_->emplace_back(name).append(1, '.').append(member.key), member.value);
        return;
      default:
        return add(name, *value.number());
    }
  }

  void add(std::string_view name, assign::Value value) { request_->attributes.push_back({name, value}); }

  void read_text(std::string_view name, std::string_view text) {
    add(name, text);
    const bool unit = name != kUser && std::ranges::find(unit_types_, name) != unit_types_.end();
    if (unit && assign::valid_unit_id(text)) add_unit({name, text});
  }

  void add_unit(const assign::Unit& unit) {
    auto& units = request_->units;
    if (std::ranges::find(units, unit.type, &assign::Unit::type) != units.end()) return;
    if (units.size() < EvaluateLimits::units) units.push_back(unit);
  }

  void read_list(std::string_view name, JsonView list) {
    auto& texts = lists_->emplace_back();
    for (const auto& element : list.elements())
      if (const auto text = text_of(element)) texts.push_back(*text);
    add(name, std::span<const std::string_view>(texts));
  }

  std::optional<std::string_view> text_of(JsonView element) {
    if (const auto text = element.text()) return text;
    if (const auto flag = element.boolean()) return *flag ? "true" : "false";
    const auto number = element.number();
    if (!number) return std::nullopt;
    append_number(made_->emplace_back(), *number);
    return made_->back();
  }

  EvaluateRequest* request_;
  std::deque<std::vector<std::string_view>>* lists_;
  std::deque<std::string>* made_;
  std::span<const std::string_view> unit_types_;
};

void append_member(std::string& out, std::string_view name, std::string_view text) {
  append_text(out.append(",\"").append(name).append("\":"), text);
}

void append_experiment(std::string& out, const assign::Snapshot& snapshot, const assign::Decision& decision) {
  append_member(out, "experiment", decision.experiment);
  if (const auto experiment = snapshot.experiment(decision.experiment)) {
    const auto& detail = snapshot.tables().details[static_cast<std::uint32_t>(*experiment)];
    if (!detail.layer.empty()) append_member(out, "layer", detail.layer);
    JsonWriter(out.append(R"(,"phase":)")).natural(detail.phase);
  }
  if (decision.exposure) append_member(out, "exposure", kExposers[static_cast<std::size_t>(decision.exposure->by)]);
}

/// The variant of an experiment, or else the name that the flag has for the value.
std::string_view variant_of(const assign::Tables& tables, const assign::FlagRecord& flag,
                            const assign::Decision& decision) {
  if (!decision.variant.empty()) return decision.variant;
  const auto names = flag.names.of(tables.named_values);
  const auto found = std::ranges::find(names, decision.value, &assign::NamedValue::value);
  return found == names.end() ? std::string_view() : found->name;
}

}  // namespace

std::string_view name_of(OfrepCode code) noexcept { return kCodes[static_cast<std::size_t>(code)]; }

void OfrepReader::clear() {
  request_.units.clear();
  request_.attributes.clear();
  lists_.clear();
  made_.clear();
}

std::optional<OfrepFault> OfrepReader::add(JsonView context, std::span<const std::string_view> unit_types) {
  return ContextReader(request_, lists_, made_, unit_types).read(context);
}

std::optional<OfrepFault> OfrepReader::read(std::string_view body, std::span<const std::string_view> unit_types) {
  clear();
  if (auto read = document_.read(body); !read) return OfrepFault{OfrepCode::parse_error, read.error().message};
  const auto context = document_.root().find("context");
  if (!context || !context->is(JsonKind::object)) return invalid("\"context\" is missing, or not an object");
  return add(*context, unit_types);
}

void append_ofrep_failure(std::string& out, std::string_view key, OfrepCode code, std::string_view details) {
  out += '{';
  if (!key.empty()) {
    append_text(out.append(R"("key":)"), key);
    out += ',';
  }
  out.append(R"("errorCode":")").append(name_of(code)).append(R"(","errorDetails":)");
  append_text(out, details);
  out += '}';
}

void append_ofrep_failure(std::string& out, const assign::Decision& decision) {
  if (decision.problem == assign::Problem::targeting_key_missing)
    return append_ofrep_failure(out, decision.flag, OfrepCode::targeting_key_missing, kNoTargetingKey);
  append_ofrep_failure(out, decision.flag, OfrepCode::flag_not_found, "there is no flag of this key");
}

void append_ofrep_result(std::string& out, const assign::Snapshot& snapshot, assign::FlagId id,
                         const assign::Decision& decision) {
  const auto& tables = snapshot.tables();
  const auto& flag = tables.flags[static_cast<std::uint32_t>(id)];
  append_text(out.append(R"({"key":)"), decision.flag);
  if (!decision.value.empty() && decision.value != "null") out.append(R"(,"value":)").append(decision.value);
  out.append(R"(,"reason":")").append(assign::name_of(decision.reason)) += '"';
  if (const auto variant = variant_of(tables, flag, decision); !variant.empty()) append_member(out, "variant", variant);
  out.append(R"(,"metadata":{)").append(flag.metadata).append(flag.metadata.empty() ? "" : ",");
  out.append(R"("cause":")").append(assign::name_of(decision.cause)) += '"';
  if (!decision.experiment.empty()) append_experiment(out, snapshot, decision);
}

void append_ofrep_version(std::string& out, std::int64_t version) {
  JsonWriter(out.append(R"("version":")")).integer(version);
  out += '"';
}

void append_ofrep_age(std::string& out, const ConfigState& config) {
  JsonWriter(out.append(R"("configAgeMs":)")).integer(config.age.count());
}

void append_ofrep_flag(std::string& out, const assign::Snapshot& snapshot, const assign::Decision& decision,
                       const ConfigState& config) {
  const auto flag = snapshot.flag(decision.flag);
  if (!flag || decision.problem != assign::Problem::none) return append_ofrep_failure(out, decision);
  append_ofrep_result(out, snapshot, *flag, decision);
  append_ofrep_version(out += ',', config.version);
  append_ofrep_age(out += ',', config);
  out += "}}";
}

}  // namespace touchstone::codec
