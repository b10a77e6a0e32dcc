#include "service/app/segment_count.hpp"

#include <cmath>
#include <utility>

#include "assign/decide.hpp"
#include "service/app/publish.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/ofrep_json.hpp"

namespace touchstone::app {
namespace {

constexpr std::size_t kSample = 10;
constexpr std::size_t kPseudonym = 8;
constexpr std::size_t kDigestBegin = 7;                              ///< after "b2-256:"
constexpr std::string_view kAsked = "touchstone.counted-condition";  ///< a flag of the count alone

/// What is published, and a flag beside it that the condition decides.
Result<std::shared_ptr<const assign::Snapshot>> compiled(const Service& service, std::uint32_t environment,
                                                         const assign::Condition& condition) {
  const auto& tenant = service.tenant(environment);
  auto document = snapshot_document(*service.agreed(environment), tenant);
  assign::FlagDocument asked;
  asked.off = "false";
  asked.default_value = "false";
  asked.rules = {{condition, assign::GiveDocument{"true"}}};
  document.flags.insert_or_assign(std::string(kAsked), std::move(asked));
  return assign::Snapshot::compile(document, tenant.draws);
}

/// Reads the attributes that a unit carried last.
class Attributes {
 public:
  assign::Attributes of(const judge::RecentUnit& unit) {
    reader_.clear();
    add(unit.traits_later ? unit.traits : unit.exposed_with, first_);
    add(unit.traits_later ? unit.exposed_with : unit.traits, second_);
    return reader_.request().attributes;
  }

 private:
  void add(std::string_view json, codec::JsonDocument& document) {
    if (!json.empty() && document.read(json).ok()) (void)reader_.add(document.root(), {});
  }

  codec::OfrepReader reader_;
  codec::JsonDocument first_;
  codec::JsonDocument second_;
};

/// Keyed, so that nobody who knows ids can find them by trying.
std::string pseudonym(const Service& service, std::string_view id) {
  const auto& key = service.secrets().events;
  std::string bytes(key.begin(), key.end());
  bytes.append(id);
  return codec::digest_of(bytes).substr(kDigestBegin, kPseudonym);
}

void write_value(codec::JsonWriter& out, const assign::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    out.boolean(*flag);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.number(*number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    out.text(*text);
  } else {
    out.begin_array();
    for (const auto one : std::get<std::span<const std::string_view>>(value)) out.text(one);
    out.end_array();
  }
}

std::string written(assign::Attributes attributes) {
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object();
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const auto& [key, value] = attributes[i];
    if (assign::find(attributes.first(i), key) != nullptr) continue;
    out.key(key);
    write_value(out, value);
  }
  out.end_object();
  return text;
}

std::uint64_t scaled(std::uint64_t count, double share) {
  return static_cast<std::uint64_t>(std::llround(static_cast<double>(count) / share));
}

}  // namespace

Result<SegmentCount> count_units(const Service& service, std::uint32_t environment, const LookbackFindings& findings,
                                 const assign::Condition& condition, std::string_view pointer) {
  if (auto known = assign::check(condition, segments_of(*service.agreed(environment)), pointer); !known)
    return known.error();
  const auto snapshot = compiled(service, environment, condition);
  if (!snapshot) return snapshot.error();
  const judge::Recent& recent = *findings.units;
  SegmentCount count;
  Attributes reader;
  for (judge::UnitNumber number = 0; number < recent.units(); ++number) {
    const auto unit = recent.unit(number);
    const auto attributes = reader.of(unit);
    if (attributes.empty()) ++count.without;
    const assign::Unit who{findings.unit_type, unit.id};
    if (assign::decide(**snapshot, kAsked, {.units = {&who, 1}, .attributes = attributes}).value != "true") continue;
    ++count.units;
    if (count.sample.size() < kSample) count.sample.push_back({pseudonym(service, unit.id), written(attributes)});
  }
  count.units = scaled(count.units, findings.share);
  count.of = scaled(recent.units(), findings.share);
  count.without = scaled(count.without, findings.share);
  return count;
}

}  // namespace touchstone::app
