#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::api {

/// The parameters of a query, decoded. Errors point at `/NAME`.
class Query {
 public:
  /// Refuses parameters given twice.
  [[nodiscard]] static Result<Query> read(std::string_view query);
  /// Also those that are not `known`. Every route with a key is guarded so, by the parameters of its contract.
  [[nodiscard]] static Result<Query> read(std::string_view query, std::span<const std::string_view> known);

  [[nodiscard]] std::string_view text(std::string_view name) const;  ///< empty where absent
  [[nodiscard]] bool flag(std::string_view name) const;              ///< there, and not `false` or `0`
  [[nodiscard]] Result<std::uint64_t> number(std::string_view name, std::uint64_t otherwise, std::uint64_t most) const;
  [[nodiscard]] Result<std::uint64_t> limit() const;  ///< of a page: 1 to 1,000, by default 100
  [[nodiscard]] Result<std::optional<Time>> time(std::string_view name) const;
  [[nodiscard]] Result<std::string> reason() const;  ///< of a change: at most 1,000 bytes

 private:
  [[nodiscard]] const std::string* find(std::string_view name) const;

  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace touchstone::api
