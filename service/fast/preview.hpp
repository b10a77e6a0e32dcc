#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "assign/instant.hpp"
#include "assign/result.hpp"
#include "assign/subject.hpp"
#include "service/fast/signed_text.hpp"

namespace touchstone::fast {

/// Leave to look at a variant until an instant, in one environment. Never exposed, never analysed.
struct Preview {
  std::uint32_t environment = 0;
  assign::Instant expires{};  ///< to the second
  std::string_view experiment;
  std::string_view variant;
};

/// The leave as a signed token.
[[nodiscard]] std::string write_preview(const SigningKey& key, const Preview& preview);

/// A token that was sent, and its text.
class PreviewToken {
 public:
  static constexpr std::size_t longest = 480;  ///< of a token's characters

  /// Error invalid, pointing to /preview, where the token was not made under this key for this environment, or has
  /// expired. Does not allocate where the token is good. The preview views this object.
  [[nodiscard]] Status read(const SigningKey& key, std::uint32_t environment, assign::Instant now,
                            std::string_view token);
  [[nodiscard]] const Preview& preview() const noexcept { return preview_; }
  /// As a subject takes it; empty before a token was read.
  [[nodiscard]] std::span<const assign::Sticky> forced() const noexcept {
    return {&forced_, preview_.variant.empty() ? 0U : 1U};
  }

 private:
  std::array<unsigned char, longest> bytes_;
  Preview preview_;
  assign::Sticky forced_;
};

}  // namespace touchstone::fast
