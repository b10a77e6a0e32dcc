#include "service/http/detail/target.hpp"

#include <algorithm>
#include <array>

#include "assign/utf8.hpp"

namespace touchstone::http {
namespace {

constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x21; c < 0x7f; ++c) plain[c] = true;
  for (const char c : {'\\', ';', '#', '?'}) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}();

constexpr bool is_plain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

constexpr bool is_query(char c) { return c > 0x20 && c < 0x7f && c != '#'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What an escape may stand for: a space or a letter of any script, but nothing that has a meaning in a path.
bool may_be_encoded(unsigned char c) {
  return c == ' ' || c >= 0x80 || (c != '/' && kPlain[c]) || c == '?' || c == '#';
}

bool decode(std::string_view raw, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      out.push_back(raw[i]);
      continue;
    }
    if (i + 2 >= raw.size()) return false;
    const int high = hex_value(raw[i + 1]);
    const int low = hex_value(raw[i + 2]);
    if (high < 0 || low < 0) return false;
    const auto byte = static_cast<unsigned char>(high * 16 + low);
    if (!may_be_encoded(byte)) return false;
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return assign::is_utf8(out);
}

bool segments_are_plain(std::string_view path) {
  if (path.empty() || path.front() != '/') return false;
  for (std::size_t at = 1; at < path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto segment = path.substr(at, end - at);
    if (segment.empty() || segment == "." || segment == "..") return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::optional<Target> read_target(std::string_view raw, std::string& scratch) {
  const auto mark = std::min(raw.find('?'), raw.size());
  auto path = raw.substr(0, mark);
  const auto query = raw.substr(std::min(mark + 1, raw.size()));
  if (!std::ranges::all_of(path, is_plain)) return std::nullopt;
  if (!std::ranges::all_of(query, is_query)) return std::nullopt;
  if (path.find('%') != std::string_view::npos) {
    if (!decode(path, scratch)) return std::nullopt;
    path = scratch;
  }
  if (!segments_are_plain(path)) return std::nullopt;
  return Target{path, query};
}

}  // namespace touchstone::http
