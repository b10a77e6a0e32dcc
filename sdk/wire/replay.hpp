#pragma once

#include <map>
#include <string>
#include <string_view>

#include "assign/dialect/program.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// An assignment that another vendor made, and whether its dialect makes the same.
struct Replayed {
  std::string vendor;
  std::string category;  ///< the line's `category`, else its `algorithm`
  bool matched = false;
  std::string_view warning;  ///< what is known against the scheme; see correlation.hpp
  std::string difference;    ///< expected and given, or why the experiment cannot be read; empty where it matched
};

/// Replays assignments that other vendors' SDKs made. Keeps the program of each experiment, as an import would.
class Replay {
 public:
  /// A line is `{"vendor","algorithm","encoding","category"?,"experiment":{...},"unit","variant"}`; a null variant
  /// means not in the test. An error is a line that is not of this form. An experiment that cannot be read is a
  /// mismatch.
  [[nodiscard]] Result<Replayed> line(std::string_view json);

 private:
  std::map<std::string, Result<assign::dialect::Program>> programs_;
};

}  // namespace touchstone::wire
