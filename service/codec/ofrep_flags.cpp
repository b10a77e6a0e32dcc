#include "service/codec/ofrep_flags.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <sodium.h>

#include "assign/tables.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/ofrep_json.hpp"

namespace touchstone::codec {
namespace {

using Key = std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES>;
using Bytes = std::array<unsigned char, sizeof(OfrepTag)>;

OfrepTag tag_of(std::string_view text) noexcept {
  constexpr Key key{};
  OfrepTag tag = 0;
  Bytes bytes{};
  crypto_shorthash_siphashx24(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                              key.data());
  std::memcpy(&tag, bytes.data(), sizeof tag);
  return tag;
}

/// Of a list, from its beginning and its next element: a polynomial, in which each place counts differently.
OfrepTag joined(OfrepTag list, OfrepTag next) noexcept { return list * 0x9E3779B97F4A7C15U + next; }

}  // namespace

OfrepTexts::Decided::Decided(const assign::Decision& decision) noexcept
    : value(decision.value.data()),
      variant(decision.variant.data()),
      experiment(decision.experiment.data()),
      reason(decision.reason),
      cause(decision.cause),
      problem(decision.problem),
      by(decision.exposure ? std::optional(decision.exposure->by) : std::nullopt) {}

void OfrepTexts::of(const std::shared_ptr<const assign::Snapshot>& snapshot) {
  if (snapshot_ == snapshot) return;
  snapshot_ = snapshot;
  kept_.clear();
  kept_.resize(snapshot->flag_count());
  count_ = longest_ = 0;
}

const OfrepTexts::Said& OfrepTexts::say(assign::FlagId flag, const assign::Decision& decision) {
  auto& kept = kept_[static_cast<std::uint32_t>(flag)];
  const Decided decided(decision);
  const auto found = std::ranges::find(kept, decided, &Kept::decided);
  if (found != kept.end()) return found->said;
  if (count_ == kMost) return last_ = write(flag, decision);
  ++count_;
  return kept.emplace_back(Kept{decided, write(flag, decision)}).said;
}

OfrepTexts::Said OfrepTexts::write(assign::FlagId flag, const assign::Decision& decision) const {
  Said said;
  const bool failed = decision.problem != assign::Problem::none;
  failed ? append_ofrep_failure(said.text, decision) : append_ofrep_result(said.text, *snapshot_, flag, decision);
  said.tag = tag_of(said.text);
  if (failed) return said;
  append_ofrep_version(said.text += ',', snapshot_->config_version());
  said.text += "}}";
  return said;
}

OfrepFlags::OfrepFlags(std::string& out, OfrepTexts& texts) : out_(&out), texts_(&texts) {
  out.reserve(texts.longest());
  out += R"({"flags":[)";
}

void OfrepFlags::add(assign::FlagId flag, const assign::Decision& decision) {
  const auto& said = texts_->say(flag, decision);
  if (!first_) *out_ += ',';
  first_ = false;
  *out_ += said.text;
  tag_ = joined(tag_, said.tag);
}

/// The stream begins where this answer ends: what is published in between is not missed, and nothing is said twice.
void OfrepFlags::finish(const ConfigState& config, std::string_view stream_token) {
  append_ofrep_version(out_->append(R"(],"metadata":{)"), config.version);
  append_ofrep_age(*out_ += ',', config);
  append_text(out_->append(R"(,"flagSetId":)"), texts_->snapshot().tables().environment);
  out_->append(
      R"(,"trackingUri":"/ofrep/v1/track"},"eventStreams":[{"type":"sse","endpoint":{"requestUri":"/ofrep/v1/stream?token=)");
  JsonWriter(out_->append(stream_token).append("&since=")).integer(config.version);
  out_->append(R"("},"inactivityDelaySec":120}]})");
  texts_->answered(out_->size());
}

std::string OfrepFlags::etag() const {
  Bytes bytes{};
  std::memcpy(bytes.data(), &tag_, sizeof tag_);
  std::array<char, 2 * sizeof(OfrepTag) + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return std::string("W/\"").append(hex.data()).append(1, '"');
}

}  // namespace touchstone::codec
