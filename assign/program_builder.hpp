#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "assign/condition.hpp"
#include "assign/program.hpp"
#include "assign/result.hpp"
#include "assign/text_arena.hpp"

namespace touchstone::assign {

/// The number of a flag or an experiment of that key, for a condition that asks what it gives; nothing where there is
/// no such thing, which is refused. An experiment that does not run may be numbered `nobody`: it gives no variant.
inline constexpr std::uint32_t nobody = 0xFFFFFFFF;
using Numbering = std::function<std::optional<std::uint32_t>(TestOf of, std::string_view key)>;

/// Compiles conditions into Programs. Segments are compiled when a condition first names them, each once.
class ProgramBuilder {
 public:
  /// All three must outlive the builder; `programs` keeps views into `texts`. Without a numbering every flag and
  /// experiment that is named counts as `nobody`.
  ProgramBuilder(const Segments& segments, TextArena& texts, Programs& programs, Numbering numbering = {});

  [[nodiscard]] Result<Entry> add(const Condition& condition, std::string_view pointer);

  /// Compiles every segment, used or not.
  [[nodiscard]] Status add_segments();

 private:
  struct KnownSegment {
    std::uint32_t place = 0;
    std::size_t work = 0;
    bool open = true;  ///< still being compiled: naming it again is a cycle
  };

  /// What one condition has used up of its limits.
  struct Budget {
    std::size_t tests = 0;
    std::size_t work = 0;
  };

  struct Outcomes {
    Entry yes;
    Entry no;
  };

  Result<Entry> add(const Condition& condition, const std::string& pointer, Outcomes go, std::size_t depth,
                    Budget& budget);
  Result<Entry> add_group(const Condition& condition, const std::string& pointer, Outcomes go, std::size_t depth,
                          Budget& budget);
  Result<Entry> add_segment_test(const Condition& condition, const std::string& pointer, Outcomes go, Budget& budget);
  Result<Entry> add_test(const Condition& condition, const std::string& pointer, Outcomes go, Budget& budget);
  Result<Entry> add_prerequisite(const Condition& condition, const std::string& pointer, Outcomes go, Budget& budget);
  Result<Entry> add_foreign(const Condition& condition, const std::string& pointer, Outcomes go, Budget& budget);
  Result<Entry> add_whole(const Condition& condition, const std::string& pointer, Budget& budget);
  Result<KnownSegment> segment(std::string_view key, const std::string& pointer);
  Status compile_segment(std::string_view key, const Segment& source, KnownSegment& known);
  Status compile_list(const UnitList& list, const std::string& pointer, CompiledSegment& into);
  std::uint32_t attribute(std::string_view name);
  Entry push(Test test);

  const Segments& segments_;
  TextArena& texts_;
  Programs& programs_;
  Numbering numbering_;
  std::map<std::string, KnownSegment, std::less<>> known_;
  std::size_t open_segments_ = 0;
  std::map<std::string, std::uint32_t, std::less<>> attributes_;
};

}  // namespace touchstone::assign
