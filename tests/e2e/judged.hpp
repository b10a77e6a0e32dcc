#pragma once

#include <string>
#include <vector>

#include "tests/e2e/service.hpp"

namespace touchstone::e2e {

/// A real experiment as `touchstone analyze` judged it from its file, with all that a server needs to judge the same.
struct Judged {
  std::string experiment;           ///< key
  std::string digest;               ///< digest.results
  std::vector<std::string> setup;   ///< bodies for POST /v1/metrics
  std::string agreement;            ///< body for POST /v1/experiments
  std::string start;                ///< body for POST /v1/experiments/{key}:start
  std::vector<std::string> events;  ///< items for POST /v1/events
};

/// Runs `touchstone analyze` with these arguments.
Judged judge_file(const std::vector<std::string>& arguments);

/// Agrees on the experiment and starts it.
void agree(Service& service, const Judged& judged);

/// NDJSON bodies of at most `size` items each.
std::vector<std::string> batches(const std::vector<std::string>& events, std::size_t size);

/// digest.results of the report that the service gives now.
std::string digest_of(Service& service, const std::string& experiment);

}  // namespace touchstone::e2e
