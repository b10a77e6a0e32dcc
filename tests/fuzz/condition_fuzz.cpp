// Conditions from outside: read, checked, compiled, asked and written again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "assign/program_builder.hpp"
#include "assign/walk.hpp"
#include "sdk/wire/condition_json.hpp"

namespace {

using namespace touchstone;
using namespace touchstone::assign;

/// Whatever a condition asks, nobody may crash over it, and asking twice gives one answer.
void ask(const Condition& condition) {
  const Segments segments;
  TextArena texts;
  Programs programs;
  const auto entry = ProgramBuilder(segments, texts, programs).add(condition, "");
  if (!entry) return;
  const std::string_view list[] = {"a", "1.2.3", "10.0.0.1"};
  const Attribute attributes[] = {{"a", std::string_view("2026-01-01")},
                                  {"b", 1.5},
                                  {"c", true},
                                  {"d", std::span<const std::string_view>(list)},
                                  {"", std::string_view()}};
  const Unit unit{"user", "u1"};
  const Subject subject{{&unit, 1}, attributes, {}};
  Silent silent;
  const auto no_flags = [](const Test&) { return std::optional<Value>(); };
  if (run(programs, *entry, subject, silent, no_flags) != run(programs, *entry, subject, silent, no_flags))
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto condition = wire::read_condition({reinterpret_cast<const char*>(data), size}, "");
  if (!condition) return 0;
  ask(*condition);
  const auto again = wire::read_condition(wire::write_condition(*condition), "");
  if (!again || !(*again == *condition)) std::abort();
  return 0;
}
