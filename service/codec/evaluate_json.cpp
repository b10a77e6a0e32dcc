#include "service/codec/evaluate_json.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "assign/key.hpp"
#include "assign/pointer.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

using assign::child_pointer;

constexpr std::array<std::string_view, 6> kMembers = {"flag", "flags", "unit", "units", "attributes", "preview"};

Error invalid(std::string message, std::string pointer, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

Error too_many(std::string_view what, std::size_t limit, std::string pointer) {
  return {ErrorCode::too_large, "more than " + std::to_string(limit) + " " + std::string(what), std::move(pointer),
          "send fewer"};
}

/// Fills a request from its document. Keys of flags are not checked: an unknown one has an answer of its own.
class RequestReader {
 public:
  RequestReader(EvaluateRequest& request, std::vector<std::string_view>& lists) noexcept
      : request_(&request), lists_(&lists) {}

  Status read(JsonView body) {
    if (!body.is(JsonKind::object))
      return invalid("a request is a JSON object", "", "send {\"flag\": ..., \"unit\": ...}");
    for (const auto& [key, value] : body.members())
      if (auto done = read_member(key, value); !done) return done;
    if (body.find("flag") && body.find("flags"))
      return invalid("both flag and flags", "/flags", "send one of them, or neither for all");
    return ok();
  }

 private:
  Status read_member(std::string_view key, JsonView value) {
    if (key == "flag") return read_flag(value);
    if (key == "flags") return read_flags(value);
    if (key == "unit") return read_unit(value, "/unit");
    if (key == "units") return read_units(value);
    if (key == "attributes") return read_attributes(value);
    if (key == "preview") return read_preview(value);
    return invalid("a request has no member of this name", child_pointer("", key), did_you_mean(key, kMembers));
  }

  Status read_flag(JsonView value) {
    request_->scope = EvaluateRequest::Scope::one;
    return add_flag(value, "/flag");
  }

  Status read_preview(JsonView value) {
    const auto token = value.text();
    if (!token || token->empty())
      return invalid("a preview is a token", "/preview", "send what /v1/preview-links gave");
    request_->preview = *token;
    return ok();
  }

  Status read_flags(JsonView value) {
    if (!value.is(JsonKind::array)) return invalid("\"flags\" must be an array", "/flags", "send [\"checkout\"]");
    if (value.size() > EvaluateLimits::flags) return too_many("flags", EvaluateLimits::flags, "/flags");
    request_->scope = EvaluateRequest::Scope::some;
    std::size_t index = 0;
    for (const auto& flag : value.elements())
      if (auto done = add_flag(flag, "/flags", index++); !done) return done;
    return ok();
  }

  Status add_flag(JsonView value, std::string_view at, std::optional<std::size_t> index = {}) {
    const auto key = value.text();
    if (!key)
      return invalid("a flag must be named by a text", index ? child_pointer(at, *index) : std::string(at),
                     "send the flag's key");
    request_->flags.push_back(*key);
    return ok();
  }

  Status read_units(JsonView value) {
    if (!value.is(JsonKind::array))
      return invalid("\"units\" must be an array", "/units", "send [{\"type\": \"user\", \"id\": \"u1\"}]");
    if (value.size() > EvaluateLimits::units) return too_many("units", EvaluateLimits::units, "/units");
    std::size_t index = 0;
    for (const auto& unit : value.elements())
      if (auto done = read_unit(unit, "/units", index++); !done) return done;
    return ok();
  }

  Status read_unit(JsonView value, std::string_view at, std::optional<std::size_t> index = {}) {
    assign::Unit unit{"user", value.text().value_or("")};
    if (value.is(JsonKind::object)) {
      const auto type = value.find("type");
      const auto id = value.find("id");
      unit = {type ? type->text().value_or("") : "", id ? id->text().value_or("") : ""};
      if (value.size() != 2) unit.type = "";
    }
    const auto pointer = [&] { return index ? child_pointer(at, *index) : std::string(at); };
    if (!assign::valid_key(unit.type) || !assign::valid_unit_id(unit.id))
      return invalid("a unit is an id, or a type and an id", pointer(),
                     "send \"u1\" or {\"type\": \"user\", \"id\": \"u1\"}; ids are texts of 1 to 256 bytes");
    if (std::ranges::find(request_->units, unit.type, &assign::Unit::type) != request_->units.end())
      return invalid("two units of one type", pointer(), "send one id per type");
    request_->units.push_back(unit);
    return ok();
  }

  Status read_attributes(JsonView value) {
    if (!value.is(JsonKind::object))
      return invalid("\"attributes\" must be an object", "/attributes", "send {\"country\": \"DE\"}");
    if (value.size() > EvaluateLimits::attributes)
      return too_many("attributes", EvaluateLimits::attributes, "/attributes");
    for (const auto& [key, member] : value.members())
      if (auto done = read_attribute(key, member); !done) return done;
    return ok();
  }

  Status read_attribute(std::string_view key, JsonView value) {
    switch (value.kind()) {
      case JsonKind::null:
        return ok();
      case JsonKind::boolean:
        return add(key, *value.boolean());
      case JsonKind::text:
        return add(key, *value.text());
      case JsonKind::array:
        return read_list(key, value);
      case JsonKind::object:
        return no_attribute(key);
      default:
        return add(key, *value.number());
    }
  }

  Status add(std::string_view key, assign::Value value) {
    request_->attributes.push_back({key, value});
    return ok();
  }

  Status read_list(std::string_view key, JsonView value) {
    if (value.size() > EvaluateLimits::list)
      return too_many("elements", EvaluateLimits::list, child_pointer("/attributes", key));
    const std::size_t first = lists_->size();
    for (const auto& element : value.elements()) {
      const auto text = element.text();
      if (!text) return no_attribute(key);
      lists_->push_back(*text);
    }
    return add(key, std::span<const std::string_view>(lists_->data() + first, value.size()));
  }

  static Error no_attribute(std::string_view key) {
    return invalid("an attribute is a boolean, a number, a text or a list of texts", child_pointer("/attributes", key),
                   "flatten it, or write numbers of a list as texts");
  }

  EvaluateRequest* request_;
  std::vector<std::string_view>* lists_;
};

/// Room for every text of every list, so that none moves while spans into it are handed out.
std::size_t texts_in_lists(JsonView body) {
  std::size_t count = 0;
  if (const auto attributes = body.find("attributes"))
    for (const auto& member : attributes->members())
      if (member.value.is(JsonKind::array)) count += member.value.size();
  return count;
}

void append_text_or_null(std::string& out, std::string_view text) {
  text.empty() ? void(out += "null") : append_text(out, text);
}

void append_state(std::string& out, const ConfigState& config) {
  JsonWriter(out.append(R"("config_version":)")).integer(config.version);
  JsonWriter(out.append(R"(,"config_age_ms":)")).integer(config.age.count());
}

constexpr std::array<std::string_view, 3> kExposedBy = {"evaluate", "client", "event"};

void append_exposes(std::string& out, const assign::Exposure& exposure) {
  append_text(out.append(R"(,"exposes":{"unit":{"type":)"), exposure.unit.type);
  append_text(out.append(R"(,"id":)"), exposure.unit.id);
  out.append(R"(},"by":")").append(kExposedBy.at(static_cast<std::size_t>(exposure.by))).append(R"("})");
}

}  // namespace

// Every evaluation ends here: whole pieces are cheaper than a writer that asks before each what must come between.
void append_decision(std::string& out, const assign::Decision& decision) {
  append_text(out.append(R"("flag":)"), decision.flag);
  out.append(R"(,"value":)").append(decision.value.empty() ? "null" : decision.value);
  append_text_or_null(out.append(R"(,"variant":)"), decision.variant);
  append_text_or_null(out.append(R"(,"experiment":)"), decision.experiment);
  out.append(R"(,"reason":")").append(assign::name_of(decision.reason));
  out.append(R"(","cause":")").append(assign::name_of(decision.cause)) += '"';
  if (decision.problem == assign::Problem::none) return;
  out.append(R"(,"error":")").append(assign::name_of(decision.problem)) += '"';
}

Status EvaluateReader::read(std::string_view body) {
  request_.scope = EvaluateRequest::Scope::all;
  request_.flags.clear();
  request_.units.clear();
  request_.attributes.clear();
  request_.preview = {};
  lists_.clear();
  if (auto read = document_.read(body); !read) return read;
  lists_.reserve(texts_in_lists(document_.root()));
  return RequestReader(request_, lists_).read(document_.root());
}

std::string_view name_of(ExposureOutcome outcome) noexcept {
  switch (outcome) {
    case ExposureOutcome::none:
      return "none";
    case ExposureOutcome::queued:
      return "queued";
    case ExposureOutcome::repeat:
      return "repeat";
    case ExposureOutcome::dropped:
      return "dropped";
  }
  return "none";
}

ConfigState config_state(const assign::Snapshot& snapshot, assign::Instant now) noexcept {
  const auto published = snapshot.published_at();
  if (published == assign::Instant{} || now < published) return {snapshot.config_version(), {}};
  return {snapshot.config_version(), std::chrono::floor<std::chrono::milliseconds>(now - published)};
}

void append_evaluation(std::string& out, const assign::Decision& decision, const ConfigState& config,
                       ExposureOutcome exposure) {
  out += '{';
  append_decision(out, decision);
  append_state(out += ',', config);
  out.append(R"(,"exposure":")").append(name_of(exposure)).append(R"("})");
}

EvaluationList::EvaluationList(std::string& out, const ConfigState& config) : out_(&out) {
  append_state(out += '{', config);
  out += R"(,"evaluations":[)";
}

void EvaluationList::add(const assign::Decision& decision) {
  if (!first_) *out_ += ',';
  first_ = false;
  *out_ += '{';
  append_decision(*out_, decision);
  if (decision.exposure) append_exposes(*out_, *decision.exposure);
  *out_ += '}';
}

void EvaluationList::finish() { *out_ += "]}"; }

}  // namespace touchstone::codec
