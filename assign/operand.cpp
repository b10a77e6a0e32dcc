#include "assign/operand.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <re2/re2.h>

#include "assign/regex_syntax.hpp"

namespace touchstone::assign {
namespace {

constexpr std::int64_t pattern_memory = 1 << 20;

/// Everything that compiling one operand needs.
struct Context {
  Operator op;
  const Operand& operand;
  const std::string& pointer;
  TextArena& texts;
  Programs& programs;
};

Error refuse(const Context& in, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), in.pointer, std::move(hint)};
}

Error wrong_type(const Context& in, std::string_view wanted) {
  return refuse(in, "the operator " + std::string(name_of(in.op)) + " does not take this operand",
                "give it " + std::string(wanted));
}

template <class T>
Extent append(std::vector<T>& all, T value) {
  all.push_back(std::move(value));
  return {static_cast<std::uint32_t>(all.size() - 1), 1};
}

template <class T>
Extent append_sorted(std::vector<T>& all, std::vector<T> values) {
  std::sort(values.begin(), values.end());
  const Extent extent{static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(values.size())};
  all.insert(all.end(), values.begin(), values.end());
  return extent;
}

bool too_long(std::string_view text) { return text.size() > ConditionLimits::text; }

Error long_text(const Context& in) {
  return {ErrorCode::too_large, "the operand is too long", in.pointer,
          "a text has at most " + std::to_string(ConditionLimits::text) + " bytes"};
}

Error long_list(const Context& in) {
  return {ErrorCode::too_large, "the list is too long", in.pointer,
          "a list has at most " + std::to_string(ConditionLimits::list) + " members; put more into a segment"};
}

Result<Test> flag_test(const Context& in, TestCode code) {
  const auto* flag = std::get_if<bool>(&in.operand);
  if (flag == nullptr) return wrong_type(in, "true or false");
  Test test;
  test.code = code;
  test.flag = *flag;
  return test;
}

Result<Test> number_test(const Context& in, TestCode code) {
  const auto* number = std::get_if<double>(&in.operand);
  if (number == nullptr || !std::isfinite(*number)) return wrong_type(in, "a number");
  Test test;
  test.code = code;
  test.number = *number;
  return test;
}

Result<Test> text_test(const Context& in, TestCode code) {
  const auto* text = std::get_if<std::string>(&in.operand);
  if (text == nullptr) return wrong_type(in, "a text");
  if (too_long(*text)) return long_text(in);
  Test test;
  test.code = code;
  test.text = in.texts.keep(*text);
  return test;
}

Result<Test> is_test(const Context& in) {
  if (std::holds_alternative<bool>(in.operand)) return flag_test(in, TestCode::is_bool);
  if (std::holds_alternative<double>(in.operand)) return number_test(in, TestCode::is_number);
  if (std::holds_alternative<std::string>(in.operand)) return text_test(in, TestCode::is_text);
  return wrong_type(in, "a text, a number, true or false; for a list use in");
}

Result<Test> in_numbers_test(const Context& in, const std::vector<double>& numbers) {
  if (numbers.size() > ConditionLimits::list) return long_list(in);
  if (!std::all_of(numbers.begin(), numbers.end(), [](double n) { return std::isfinite(n); }))
    return wrong_type(in, "finite numbers");
  Test test;
  test.code = TestCode::in_numbers;
  test.list = append_sorted(in.programs.numbers, numbers);
  return test;
}

Result<Test> in_test(const Context& in) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&in.operand)) return in_numbers_test(in, *numbers);
  const auto* texts = std::get_if<std::vector<std::string>>(&in.operand);
  if (texts == nullptr) return wrong_type(in, "a list of texts or a list of numbers");
  if (texts->size() > ConditionLimits::list) return long_list(in);
  if (std::any_of(texts->begin(), texts->end(), too_long)) return long_text(in);
  std::vector<std::string_view> kept;
  for (const auto& text : *texts) kept.push_back(in.texts.keep(text));
  Test test;
  test.code = TestCode::in_texts;
  test.list = append_sorted(in.programs.texts, std::move(kept));
  return test;
}

Result<Test> pattern_test(const Context& in) {
  auto test = text_test(in, TestCode::matches);
  if (!test) return test;
  if (auto problem = outside_shared_syntax(test->text))
    return refuse(in, "the pattern uses more than every SDK can read", std::move(*problem));
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory);
  auto pattern = std::make_unique<RE2>(re2::StringPiece(test->text.data(), test->text.size()), options);
  if (!pattern->ok()) return refuse(in, "the pattern cannot be read: " + pattern->error(), "correct the pattern");
  test->list = append(in.programs.patterns, std::move(pattern));
  return test;
}

Result<Test> instant_test(const Context& in, TestCode code) {
  auto test = text_test(in, code);
  if (!test) return test;
  const auto instant = parse_instant(test->text);
  if (!instant) return refuse(in, "this is not a point in time", "write 2026-11-21T14:05:00Z or 2026-11-21");
  test->list = append(in.programs.instants, *instant);
  return test;
}

Result<Test> version_test(const Context& in, TestCode code) {
  auto test = text_test(in, code);
  if (!test) return test;
  const auto version = parse_version(test->text);
  if (!version) return refuse(in, "this is not a version", "write it like 2.10.0 or 3.0.0-beta.1");
  test->list = append(in.programs.versions, *version);
  return test;
}

Result<Test> network_test(const Context& in) {
  std::vector<std::string> texts;
  if (const auto* one = std::get_if<std::string>(&in.operand)) texts = {*one};
  if (const auto* many = std::get_if<std::vector<std::string>>(&in.operand)) texts = *many;
  if (texts.empty()) return wrong_type(in, "a network like 10.0.0.0/8, or a list of them");
  if (texts.size() > ConditionLimits::list) return long_list(in);
  Test test;
  test.code = TestCode::cidr;
  test.list = {static_cast<std::uint32_t>(in.programs.networks.size()), static_cast<std::uint32_t>(texts.size())};
  for (const auto& text : texts) {
    const auto network = parse_network(text);
    if (!network) return refuse(in, "this is not a network: " + text, "write it like 10.0.0.0/8 or 2001:db8::/32");
    in.programs.networks.push_back(*network);
  }
  return test;
}

}  // namespace

Result<Test> compile_operand(Operator op, const Operand& operand, const std::string& pointer, TextArena& texts,
                             Programs& programs) {
  const Context in{op, operand, pointer, texts, programs};
  switch (op) {
    case Operator::is:
      return is_test(in);
    case Operator::in:
      return in_test(in);
    case Operator::lt:
      return number_test(in, TestCode::lt);
    case Operator::le:
      return number_test(in, TestCode::le);
    case Operator::gt:
      return number_test(in, TestCode::gt);
    case Operator::ge:
      return number_test(in, TestCode::ge);
    case Operator::contains:
      return text_test(in, TestCode::contains);
    case Operator::starts:
      return text_test(in, TestCode::starts);
    case Operator::ends:
      return text_test(in, TestCode::ends);
    case Operator::matches:
      return pattern_test(in);
    case Operator::before:
      return instant_test(in, TestCode::before);
    case Operator::after:
      return instant_test(in, TestCode::after);
    case Operator::version_lt:
      return version_test(in, TestCode::version_lt);
    case Operator::version_ge:
      return version_test(in, TestCode::version_ge);
    case Operator::cidr:
      return network_test(in);
    case Operator::exists:
      return flag_test(in, TestCode::exists);
  }
  return wrong_type(in, "an operator of this version");
}

}  // namespace touchstone::assign
