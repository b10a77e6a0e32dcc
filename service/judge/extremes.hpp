#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <boost/container/static_vector.hpp>

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

  void add(const Entry& entry) noexcept;
  void retract(const Entry& entry) noexcept;

  [[nodiscard]] std::span<const Entry> entries() const noexcept { return {entries_.data(), entries_.size()}; }
  /// No record beside entries() has a larger amount; nothing where there are no others. More than kKept records reach
  /// it, unless some were retracted since it was raised.
  [[nodiscard]] std::optional<std::int64_t> bar() const noexcept { return bar_; }

 private:
  boost::container::static_vector<Entry, kKept + 1> entries_;
  std::optional<std::int64_t> bar_;
};

/// Both ends of what one metric says of the units of one arm.
struct Ends {
  Largest high;
  Largest low;  ///< of the amounts with their sign turned

  void add(UnitNumber person, const Amount& amount) noexcept;
  void retract(UnitNumber person, const Amount& amount) noexcept;
};

/// The ends of each arm and metric over all phases. Kept current with the cells, from the same records.
class Extremes {
 public:
  explicit Extremes(const Cells::Shape& shape);

  void add(UnitNumber person, const Participation& part, std::span<const Amount> amounts) noexcept;
  void retract(UnitNumber person, const Participation& part, std::span<const Amount> amounts) noexcept;
  /// Other amounts of a record that is in.
  void change(UnitNumber person, const Participation& part, std::span<const Amount> before,
              std::span<const Amount> after) noexcept;

  [[nodiscard]] const Ends& at(std::size_t variant, std::size_t metric) const { return ends_[slot(variant, metric)]; }
  void replace(std::size_t variant, std::size_t metric, const Ends& ends) { ends_[slot(variant, metric)] = ends; }

  /// Whether the record's amounts count.
  [[nodiscard]] bool counts(const Participation& part) const noexcept;

 private:
  [[nodiscard]] std::size_t slot(std::size_t variant, std::size_t metric) const { return variant * metrics_ + metric; }

  std::size_t metrics_;
  storage::Crossover crossover_;
  std::vector<Ends> ends_;
};

}  // namespace touchstone::judge
