#pragma once

#include <string>
#include <vector>

namespace touchstone::http::test {

/// Raw bytes, the answers they must get, and whether the connection is usable afterwards.
struct Case {
  std::string name;
  std::string bytes;
  std::vector<int> statuses;
  bool open_after;
};

/// Requests for the routes of Trial. What must happen follows RFC 9112 and RFC 9110, by the sections named beside the
/// cases; where those leave a choice, the stricter one.
const std::vector<Case>& corpus();

}  // namespace touchstone::http::test
