#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "service/judge/cells.hpp"
#include "service/judge/persons.hpp"

namespace touchstone::judge {

/// The largest amounts of records that come and go. Where more records share an amount than are kept, none of them is.
class Largest {
 public:
  struct Entry {
    UnitNumber person = 0;
    std::int64_t amount = 0;
  };
  static constexpr std::size_t kKept = 8;

  void add(const Entry& entry);
  void retract(const Entry& entry);

  [[nodiscard]] std::span<const Entry> entries() const noexcept { return entries_; }
  /// No record beside entries() has a larger amount; nothing where there are no others. More than kKept records reach
  /// it, unless some were retracted since it was raised.
  [[nodiscard]] std::optional<std::int64_t> bar() const noexcept { return bar_; }

 private:
  std::vector<Entry> entries_;
  std::optional<std::int64_t> bar_;
};

/// Both ends of what one metric says of the units of one arm.
struct Ends {
  Largest high;
  Largest low;  ///< of the amounts with their sign turned

  void add(UnitNumber person, const Amount& amount);
  void retract(UnitNumber person, const Amount& amount);
};

/// The ends of each arm and metric over all phases. Kept current with the cells, from the same records.
class Extremes {
 public:
  explicit Extremes(const Cells::Shape& shape);

  void add(UnitNumber person, const Participation& part, std::span<const Amount> amounts);
  void retract(UnitNumber person, const Participation& part, std::span<const Amount> amounts);

  [[nodiscard]] const Ends& at(std::size_t variant, std::size_t metric) const { return ends_[slot(variant, metric)]; }
  void replace(std::size_t variant, std::size_t metric, Ends ends) { ends_[slot(variant, metric)] = std::move(ends); }

  /// Whether the record's amounts count.
  [[nodiscard]] bool counts(const Participation& part) const noexcept;

 private:
  [[nodiscard]] std::size_t slot(std::size_t variant, std::size_t metric) const { return variant * metrics_ + metric; }

  std::size_t metrics_;
  storage::Crossover crossover_;
  std::vector<Ends> ends_;
};

}  // namespace touchstone::judge
