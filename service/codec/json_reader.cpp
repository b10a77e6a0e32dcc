#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <string>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include "assign/pointer.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/surrogates.hpp"

namespace touchstone::codec {
namespace {

using assign::child_pointer;
using boost::json::error_code;
using boost::json::string_view;

constexpr std::size_t kLongest = std::size_t{1} << 30U;

/// Why an error was raised, in words for people.
struct Words {
  std::string_view message;
  std::string_view hint;
};

constexpr Words kTwice = {"a member name occurs twice in one object", "send each member once"};
constexpr Words kNul = {"a text contains NUL", "remove \\u0000"};
constexpr Words kLongInteger = {"an integer beyond 64 bits", "send it as text, or with an exponent"};
constexpr Words kNoDouble = {"a number beyond the range of a double", "stay within 1e-307 and 1e308"};
constexpr Words kHalfPair = {"a \\u escape is half of a surrogate pair", "escape both halves, or send the character"};

/// A name with NUL is refused, but the grammar may be broken after it; then no answer may hold it either.
bool can_be_shown(std::string_view name) { return name.find('\0') == std::string_view::npos; }

/// Appends the way from an open container to what was being read in it; its tokens end before `end`.
std::string step_into(const std::string& pointer, const std::vector<JsonToken>& tokens, std::size_t container,
                      std::size_t end) {
  const bool object = tokens[container].kind == JsonKind::object;
  std::size_t index = 0;
  std::size_t key = 0;
  for (std::size_t at = container + 1; at < end; ++index) {
    if (object) key = at++;
    if (at < end) at += tokens[at].span;
  }
  if (!object) return child_pointer(pointer, index);
  const auto name = key == 0 ? std::string_view{} : std::string_view(tokens[key].text, tokens[key].size);
  return key == 0 || !can_be_shown(name) ? pointer : child_pointer(pointer, name);
}

std::string pointer_to_end(const std::vector<JsonToken>& tokens, const std::vector<std::uint32_t>& open) {
  std::string pointer;
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto next = step_into(pointer, tokens, open[i], i + 1 < open.size() ? open[i + 1] : tokens.size());
    if (next == pointer) break;
    pointer = std::move(next);
  }
  return pointer;
}

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

/// Receives the parser's calls and lays them down as tokens. Refused content does not stop it: the first is noted, and
/// the grammar is checked to the end.
class TokenSink {
 public:
  static constexpr std::size_t max_array_size = kLongest;
  static constexpr std::size_t max_object_size = kLongest;
  static constexpr std::size_t max_string_size = kLongest;
  static constexpr std::size_t max_key_size = kLongest;

  TokenSink(std::string_view source, std::vector<JsonToken>& tokens, std::vector<std::uint32_t>& open,
            std::string& decoded)
      : source_(source), tokens_(&tokens), open_(&open), decoded_(&decoded) {}

  [[nodiscard]] const Error* refusal() const noexcept { return refusal_ ? &*refusal_ : nullptr; }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_array_begin(error_code&) { return open(JsonKind::array); }
  bool on_array_end(std::size_t n, error_code&) { return close(n); }
  bool on_object_begin(error_code&) { return open(JsonKind::object); }
  bool on_object_end(std::size_t n, error_code&) { return check_names(n), close(n); }
  bool on_key_part(string_view part, std::size_t, error_code&) { return keep(part); }
  bool on_key(string_view last, std::size_t, error_code&) { return text(last); }
  bool on_string_part(string_view part, std::size_t, error_code&) { return keep(part); }
  bool on_string(string_view last, std::size_t, error_code&) { return text(last); }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t value, string_view text, error_code&) { return integer(value, text); }
  bool on_uint64(std::uint64_t value, string_view, error_code&) { return add(JsonKind::natural).natural = value, true; }
  bool on_double(double, string_view text, error_code&) { return real(text); }
  bool on_bool(bool value, error_code&) { return add(JsonKind::boolean).boolean = value, true; }
  bool on_null(error_code&) { return add(JsonKind::null), true; }
  bool on_comment_part(string_view, error_code&) { return false; }
  bool on_comment(string_view, error_code&) { return false; }

 private:
  JsonToken& add(JsonKind kind) {
    JsonToken& token = tokens_->emplace_back();
    token.kind = kind;
    return token;
  }

  bool open(JsonKind kind) {
    open_->push_back(static_cast<std::uint32_t>(tokens_->size()));
    add(kind);
    return true;
  }

  bool close(std::size_t size) {
    JsonToken& container = (*tokens_)[open_->back()];
    container.size = static_cast<std::uint32_t>(size);
    container.span = static_cast<std::uint32_t>(tokens_->size()) - open_->back();
    open_->pop_back();
    return true;
  }

  void refuse(Words words, std::string pointer) {
    if (!refusal_)
      refusal_ = Error{ErrorCode::invalid, std::string(words.message), std::move(pointer), std::string(words.hint)};
  }

  void refuse_here(Words words) { refuse(words, pointer_to_end(*tokens_, *open_)); }

  bool keep(string_view part) {
    if (decoded_->empty()) decoded_->reserve(source_.size());  // never grows beyond: views into it stay
    decoded_->append(part.data(), part.size());
    return true;
  }

  [[nodiscard]] bool in_source(string_view part) const noexcept {
    const std::less<const char*> before;
    return !before(part.data(), source_.data()) && before(part.data(), source_.data() + source_.size());
  }

  bool text(string_view last);
  bool integer(std::int64_t value, string_view text);
  bool real(string_view text);
  void check_names(std::size_t size);
  void check_many_names(JsonView::Members members, std::size_t size);
  void refuse_twin(std::string_view name);

  std::string_view source_;
  std::vector<JsonToken>* tokens_;
  std::vector<std::uint32_t>* open_;
  std::string* decoded_;
  std::size_t text_begin_ = 0;  ///< where in decoded_ the current text starts
  std::optional<Error> refusal_;
};

bool TokenSink::text(string_view last) {
  std::string_view whole{last.data(), last.size()};
  if (decoded_->size() > text_begin_ || !in_source(last)) {
    keep(last);
    whole = std::string_view(*decoded_).substr(text_begin_);
    text_begin_ = decoded_->size();
    if (whole.find('\0') != std::string_view::npos) refuse_here(kNul);
  }
  JsonToken& token = add(JsonKind::text);
  token.text = whole.data();
  token.size = static_cast<std::uint32_t>(whole.size());
  return true;
}

bool TokenSink::integer(std::int64_t value, string_view text) {
  if (value == 0 && text.front() == '-') {
    add(JsonKind::real).real = -0.0;
  } else {
    add(JsonKind::integer).integer = value;
  }
  return true;
}

/// The parser's own double may be off by a unit in the last place, and integers beyond 64 bits arrive here too.
bool TokenSink::real(string_view text) {
  const bool integer = text.find_first_of(".eE") == string_view::npos;
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) {
    refuse_here(integer ? kLongInteger : kNoDouble);
  } else if (integer && number_text(value) != text) {
    refuse_here(kLongInteger);
  }
  add(JsonKind::real).real = value;
  return true;
}

void TokenSink::refuse_twin(std::string_view name) {
  auto outer = *open_;
  outer.pop_back();
  std::string pointer;
  for (std::size_t i = 0; i < outer.size(); ++i) pointer = step_into(pointer, *tokens_, outer[i], (*open_)[i + 1]);
  refuse(kTwice, child_pointer(pointer, name));
}

void TokenSink::check_names(std::size_t size) {
  constexpr std::size_t few = 16;
  const JsonView::Members members(tokens_->data() + open_->back() + 1, tokens_->data() + tokens_->size());
  if (size > few) return check_many_names(members, size);
  std::array<std::string_view, few> seen;
  std::size_t count = 0;
  for (const auto& member : members) {
    for (std::size_t i = 0; i < count; ++i)
      if (seen[i] == member.key) return refuse_twin(member.key);
    seen[count++] = member.key;
  }
}

void TokenSink::check_many_names(JsonView::Members members, std::size_t size) {
  std::vector<std::string_view> names;
  names.reserve(size);
  for (const auto& member : members) names.push_back(member.key);
  std::ranges::sort(names);
  const auto twin = std::ranges::adjacent_find(names);
  if (twin != names.end()) refuse_twin(*twin);
}

Words words_of(const error_code& ec, std::string_view rest, bool at_start) {
  using boost::json::error;
  if (ec == error::exponent_overflow) return kNoDouble;
  if (ec == error::too_deep) return {"nested too deep", "at most 64 objects and arrays inside each other"};
  if (ec == error::incomplete) return {"the text ends too early", "send the whole document"};
  if (ec == error::extra_data) return {"something follows the value", "send exactly one JSON value"};
  if (at_start && rest.starts_with("\xEF\xBB\xBF")) return {"starts with a byte order mark", "send UTF-8 without one"};
  const auto there = static_cast<unsigned char>(rest.empty() ? ' ' : rest.front());
  if (there >= 0x80) return {"malformed UTF-8, or a character outside a text", "send UTF-8"};
  if (there < 0x20) return {"a control character", "escape it, as \\n or \\u001f"};
  return {"not JSON", "send JSON as RFC 8259 defines it"};
}

struct Parsed {
  error_code ec;
  std::size_t at = 0;
  std::optional<Error> refusal;
};

Parsed parse(const TokenSink& sink, std::string_view text, std::size_t deepest) {
  boost::json::parse_options options;
  options.max_depth = deepest;
  boost::json::basic_parser<TokenSink> parser(options, sink);
  Parsed parsed;
  parsed.at = parser.write_some(false, text.data(), text.size(), parsed.ec);
  if (!parsed.ec && parsed.at < text.size()) parsed.ec = boost::json::error::extra_data;
  if (const Error* refusal = parser.handler().refusal()) parsed.refusal = *refusal;
  return parsed;
}

/// True when halves of surrogate pairs are all that is wrong with a text.
bool grammatical_but_for_surrogates(std::string_view text, std::size_t deepest) {
  const std::string repaired = with_surrogates_paired(text);
  if (repaired == text) return false;
  std::vector<JsonToken> tokens;
  std::vector<std::uint32_t> open;
  std::string decoded;
  return !parse({repaired, tokens, open, decoded}, repaired, deepest).ec;
}

}  // namespace

Status JsonDocument::read(std::string_view text, Part part) {
  tokens_.clear();
  open_.clear();
  decoded_.clear();
  fault_ = JsonFault::none;
  if (text.size() > kLongest) return Error{ErrorCode::too_large, "a JSON text longer than 1 GiB", "", "split it"};

  Parsed parsed = parse({text, tokens_, open_, decoded_}, text, part.deepest);
  if (!parsed.ec) {
    if (!parsed.refusal) return ok();
    fault_ = JsonFault::content;
    return *std::move(parsed.refusal);
  }
  const bool content = grammatical_but_for_surrogates(text, part.deepest);
  fault_ = content ? JsonFault::content : JsonFault::grammar;
  const Words words = content ? kHalfPair : words_of(parsed.ec, text.substr(parsed.at), parsed.at + part.offset == 0);
  return Error{ErrorCode::invalid, std::string(words.message) + " at byte " + std::to_string(parsed.at + part.offset),
               pointer_to_end(tokens_, open_), std::string(words.hint)};
}

}  // namespace touchstone::codec
