#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "service/app/service.hpp"

namespace touchstone::api {

/// The written snapshot document of each environment, made once per configuration.
class SnapshotCache {
 public:
  struct Written {
    std::uint64_t config_version = 0;
    std::string text;
  };

  [[nodiscard]] std::shared_ptr<const Written> of(const app::Service& service, std::uint32_t environment);

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, std::shared_ptr<const Written>> written_;
};

}  // namespace touchstone::api
