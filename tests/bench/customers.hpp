#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "tests/assign/documents.hpp"

namespace touchstone::bench {

using namespace assign;

inline constexpr std::size_t kUnits = 1024;

/// Experiments "e0", "e1", ... with a flag each, for paying customers of age in three countries.
inline SnapshotDocument document_of(std::size_t experiments) {
  SnapshotDocument document;
  for (std::size_t i = 0; i < experiments; ++i) {
    const std::string key = "e" + std::to_string(i);
    document.layers[key] = {tests::salt(2 * i), {}};
    auto& experiment = document.experiments[key] = tests::two_variants(key, 2 * i + 1);
    experiment.when =
        all_of({test_of("country", Operator::in, std::vector<std::string>{"DE", "FR", "NL"}),
                not_of(test_of("plan", Operator::is, std::string("free"))), test_of("age", Operator::ge, 18.0)});
    experiment.variants[1].values[key] = "true";
    document.flags[key] = tests::flag_of(key);
  }
  return document;
}

inline std::shared_ptr<const Snapshot> snapshot_of(std::size_t experiments) {
  return tests::compiled(document_of(experiments));
}

/// An id as long as a UUID.
inline std::string id_of(std::size_t number) {
  auto digits = std::to_string(number);
  return "9e3f4b7a-52d1-4c7e-8c21-" + std::string(12 - digits.size(), '0') + digits;
}

/// Customers of whom all meet the conditions.
class Customers {
 public:
  Customers() {
    for (std::size_t i = 0; i < kUnits; ++i) ids_.push_back(id_of(i));
    for (const auto& id : ids_) units_.push_back({"user", id});
  }
  [[nodiscard]] Subject operator[](std::size_t i) const { return {{&units_[i % kUnits], 1}, attributes_, {}}; }

 private:
  std::array<Attribute, 3> attributes_{
      {{"age", 34.0}, {"country", std::string_view("DE")}, {"plan", std::string_view("pro")}}};
  std::vector<std::string> ids_;
  std::vector<Unit> units_;
};

}  // namespace touchstone::bench
