#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "service/app/service.hpp"
#include "service/codec/growthbook_json.hpp"
#include "service/fast/key_table.hpp"

namespace touchstone::api {

/// Who a payload for GrowthBook's SDKs is written for: whoever may read rules, or results alone.
enum class GrowthbookReader : std::uint8_t { rules, results };
[[nodiscard]] constexpr GrowthbookReader growthbook_reader(const fast::Caller& caller) noexcept {
  return caller.kind == fast::KeyKind::client ? GrowthbookReader::results : GrowthbookReader::rules;
}

/// The payloads of each environment, written once per configuration and read without a wait by those who stream them.
class GrowthbookCache {
 public:
  struct Written {
    std::uint64_t config_version = 0;
    std::string text;
  };
  using Payload = std::shared_ptr<const Written>;

  /// `key`: base64 of what encrypts them; empty: they are plain. `memory`: what the SDKs have that load them.
  explicit GrowthbookCache(std::string key = {}, codec::GrowthbookMemory memory = codec::GrowthbookMemory::none)
      : key_(std::move(key)), memory_(memory) {}

  /// The current one. Written now where it is not; not on an event loop.
  [[nodiscard]] Payload of(const app::Service& service, std::uint32_t environment, GrowthbookReader reader);

  /// Writes anew what was asked for before. To be called when something was published.
  void refresh(const app::Service& service);

  using Texts = std::map<std::pair<std::uint32_t, GrowthbookReader>, Payload>;
  [[nodiscard]] const assign::Current<Texts>& texts() const noexcept { return texts_; }

 private:
  std::string key_;
  codec::GrowthbookMemory memory_;
  std::mutex writing_;
  assign::Current<Texts> texts_{std::make_shared<const Texts>()};
};

}  // namespace touchstone::api
