#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/cli/client.hpp"
#include "storage/event.hpp"

namespace touchstone::cli {

/// Whether exposures are of experiments and variants that the service knows, each experiment asked for once. A service
/// stores others too, and they count once there is such an experiment; in a file they are rather a typing error.
class KnownExperiments {
 public:
  /// The client must outlive it.
  explicit KnownExperiments(OperatorClient& client) : client_(&client) {}

  /// not_found where it does not know them, invalid where units are of another type; any other error is one of asking.
  /// Events are fine. So is everything where the key may not look at experiments.
  [[nodiscard]] Status check(const storage::Event& event);

 private:
  struct Known {
    std::string unit_type;
    std::vector<std::string> variants;
  };

  Result<const std::optional<Known>*> known(std::string_view experiment);
  Result<std::optional<Known>> ask(const std::string& experiment);
  [[nodiscard]] Error unknown(const std::string& experiment);

  OperatorClient* client_;
  bool may_ask_ = true;
  std::map<std::string, std::optional<Known>, std::less<>> known_;
};

}  // namespace touchstone::cli
