#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "assign/result.hpp"
#include "service/api/turns.hpp"
#include "service/app/service.hpp"
#include "service/fast/key_table.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"

namespace touchstone::api {

/// A request whose repetitions under the same Idempotency-Key have one effect. The key counts for one API key, method
/// and path. An answer of success is kept for a day, in the transaction of its change, sealed by the API key and the
/// Idempotency-Key: the data directory alone does not show it, though it may hold a new key. A refusal is not kept,
/// because it had no effect.
class Once {
 public:
  static constexpr std::chrono::hours life{24};
  static constexpr std::size_t longest_key = 255;

  Once() = default;  ///< a request that is as new each time
  Once(const http::Request& request, const fast::Caller& caller);

  explicit operator bool() const noexcept { return wanted_; }
  [[nodiscard]] const storage::Digest& name() const noexcept { return name_; }

  /// Stores the answer; for the transaction of its change.
  [[nodiscard]] storage::CatalogueCommand keep(const http::Response& answer, Time now) const;

  /// The answer to the request's first coming. Error invalid where the key was used for another request.
  [[nodiscard]] Result<std::optional<http::Response>> kept(const app::Service& service) const;

 private:
  bool wanted_ = false;
  storage::Digest name_{};
  storage::Digest request_{};
  storage::Digest seal_{};
};

}  // namespace touchstone::api
