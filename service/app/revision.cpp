#include "service/app/revision.hpp"

#include <algorithm>

namespace touchstone::app {

namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool same_key(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char left, char right) { return lower(left) == lower(right); });
}

Error no_such(std::string_view word, std::string_view key) {
  return Error{ErrorCode::not_found, "no " + std::string(word) + " \"" + std::string(key) + "\"", "",
               "GET /v1/" + std::string(word) + "s lists those that there are."};
}

void Revision::record(Edit document, storage::CatalogueCommand command) {
  edits_.push_back(std::move(document));
  commands_.push_back(std::move(command));
}

void Revision::put_key(Edit document, storage::CatalogueCommand command) {
  record(std::move(document), std::move(command));
  changes_keys_ = true;
}

}  // namespace touchstone::app
