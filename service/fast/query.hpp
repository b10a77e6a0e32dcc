#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/evaluate_json.hpp"

namespace touchstone::fast {

/// Reads the query of GET /v1/evaluate: `flag`, `unit`, `unit_type` (default user), `preview`, and attributes as
/// `attr.NAME=text`, `num.NAME=number`, `bool.NAME=true|false`. Names and values are percent-encoded UTF-8; + is a
/// space. Without `flag` every flag is asked. Any other parameter, and one given twice, is refused; the error's pointer
/// is `/NAME`. Keep one reader per worker: it allocates only while it grows.
class QueryReader {
 public:
  /// The request views the reader and `query`: valid until the next read, while `query` lives.
  [[nodiscard]] Status read(std::string_view query);
  [[nodiscard]] const codec::EvaluateRequest& request() const noexcept { return request_; }

 private:
  [[nodiscard]] Status take(std::string_view name, std::string_view value);
  [[nodiscard]] Status finish();
  Result<std::string_view> decode(std::string_view encoded);

  std::string text_;
  std::string_view unit_;
  std::string_view unit_type_;
  codec::EvaluateRequest request_;
};

}  // namespace touchstone::fast
