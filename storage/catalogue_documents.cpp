#include <algorithm>

#include <fmt/format.h>

#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"
#include "storage/chain.hpp"

namespace touchstone::storage {
namespace {

struct Current {
  std::string key;
  std::uint32_t version = 0;  ///< 0 = there is none
};

Document read_document(const sqlite::Rows& row, int first = 0) {
  return {std::string(row.text(first)), std::string(row.text(first + 1)), row.number<std::uint32_t>(first + 2),
          row.integer(first + 3) != 0,  std::string(row.text(first + 4)), row.number<std::uint64_t>(first + 5)};
}

Change read_change(const sqlite::Rows& row) {
  Change change;
  change.seq = row.number<std::uint64_t>(0);
  change.by = {std::string(row.text(2)), std::string(row.text(3)), row.time(1)};
  change.environment = row.number<std::uint32_t>(4);
  change.document = {std::string(row.text(5)), std::string(row.text(6)), row.number<std::uint32_t>(7),
                     row.integer(8) != 0,      std::string(row.text(9)), change.seq};
  change.previous = fixed_bytes<Digest>(row.bytes(10));
  return change;
}

std::vector<Document> read_documents(sqlite::Rows&& rows) {
  std::vector<Document> all;
  while (rows.step()) all.push_back(read_document(rows));
  return all;
}

std::vector<Change> read_changes(sqlite::Rows&& rows) {
  std::vector<Change> all;
  while (rows.step()) all.push_back(read_change(rows));
  return all;
}

Error no_document(std::string_view entity, std::string_view key) {
  return {ErrorCode::not_found, fmt::format("no {} \"{}\" in this environment", entity, key), {}, {}};
}

Error taken(const Edit& edit, const Current& current) {
  return {ErrorCode::conflict, fmt::format("{} \"{}\" exists", edit.entity, current.key), "/key",
          "Keys are unique ignoring case and are never used again, not even those of archived things."};
}

Error outdated(const Edit& edit, std::uint32_t expected, std::uint32_t current) {
  return {ErrorCode::precondition,
          fmt::format("{} \"{}\" is at version {}, not {}", edit.entity, edit.key, current, expected),
          {},
          "Read it again and repeat the change on its current version."};
}

/// Whether the edit may follow what is there.
Status admissible(const Edit& edit, const Current& current) {
  if (current.version == 0) {
    return edit.expected.value_or(0) == 0 ? ok() : no_document(edit.entity, edit.key);
  }
  if (current.key != edit.key || edit.expected == 0U) return taken(edit, current);
  if (edit.expected && *edit.expected != current.version) return outdated(edit, *edit.expected, current.version);
  return ok();
}

Error broken(std::uint64_t seq) {
  return {ErrorCode::internal, fmt::format("the chain of changes breaks at change {}", seq), {}, {}};
}

Error altered(std::string_view entity, std::string_view key) {
  return {ErrorCode::internal, fmt::format("{} \"{}\" is not what its last change made it", entity, key), {}, {}};
}

}  // namespace

Result<Edited> Catalogue::put(const Edit& edit, const Actor& by) {
  return sqlite::answering([&]() -> Result<Edited> {
    Current current;
    {
      auto row = impl_->document_current(edit.environment, edit.entity, edit.key);
      if (row.step()) current = {std::string(row.text(0)), row.number<std::uint32_t>(1)};
    }
    if (const Status allowed = admissible(edit, current); !allowed) return allowed.error();
    if (const auto known = config_version(edit.environment); !known) return known.error();

    Change change;
    {
      auto head = impl_->chain_head();
      if (!head.step()) return broken(0);
      change.seq = head.number<std::uint64_t>(0) + 1;
      change.previous = fixed_bytes<Digest>(head.bytes(1));
    }
    change.by = by;
    change.environment = edit.environment;
    change.document = {std::string(edit.entity), std::string(edit.key),
                       current.version + 1,      edit.archived,
                       std::string(edit.text),   change.seq};
    const Document& next = change.document;
    const Digest digest = digest_of(change);
    impl_->change_add.run(change.seq, by.at, std::string_view(by.name), std::string_view(by.reason), edit.environment,
                          edit.entity, edit.key, next.version, edit.archived, edit.text, sqlite::blob(change.previous));
    impl_->document_put.run(edit.environment, edit.entity, edit.key, next.version, edit.archived, edit.text,
                            change.seq);
    impl_->chain_advance.run(change.seq, sqlite::blob(digest));
    const auto version = config_version(edit.environment);
    if (!version) return version.error();
    return Edited{next.version, change.seq, *version};
  });
}

Result<Document> Catalogue::document(std::uint32_t environment, std::string_view entity, std::string_view key) const {
  return sqlite::answering([&]() -> Result<Document> {
    auto row = impl_->document_find(environment, entity, key);
    if (!row.step()) return no_document(entity, key);
    return read_document(row);
  });
}

Result<Document> Catalogue::document(std::uint32_t environment, std::string_view entity, std::string_view key,
                                     std::uint32_t version) const {
  return sqlite::answering([&]() -> Result<Document> {
    auto row = impl_->document_version(environment, entity, key, version);
    if (!row.step()) return no_document(entity, key);
    return read_document(row);
  });
}

Result<std::vector<Document>> Catalogue::documents(std::uint32_t environment, std::string_view entity) const {
  return sqlite::answering(
      [&]() -> Result<std::vector<Document>> { return read_documents(impl_->documents(environment, entity)); });
}

Result<std::vector<Document>> Catalogue::documents(std::uint32_t environment, std::string_view entity,
                                                   Time as_of) const {
  return sqlite::answering([&]() -> Result<std::vector<Document>> {
    return read_documents(impl_->documents_as_of(environment, entity, as_of));
  });
}

Result<std::vector<Document>> Catalogue::documents_after(std::uint32_t environment, std::string_view entity,
                                                         std::uint64_t change) const {
  return sqlite::answering([&]() -> Result<std::vector<Document>> {
    return read_documents(impl_->documents_after(environment, entity, change));
  });
}

Result<std::vector<Change>> Catalogue::changes(std::uint32_t environment, std::uint64_t after,
                                               std::uint32_t limit) const {
  return sqlite::answering(
      [&]() -> Result<std::vector<Change>> { return read_changes(impl_->changes(environment, after, limit)); });
}

Result<std::vector<Change>> Catalogue::history(std::uint32_t environment, std::string_view entity,
                                               std::string_view key) const {
  return sqlite::answering(
      [&]() -> Result<std::vector<Change>> { return read_changes(impl_->history(environment, entity, key)); });
}

Result<std::uint64_t> Catalogue::last_change() const {
  return sqlite::answering([&]() -> Result<std::uint64_t> {
    auto head = impl_->chain_head();
    if (!head.step()) return broken(1);
    return head.number<std::uint64_t>(0);
  });
}

Status Catalogue::verify_changes() const {
  return sqlite::answering([&]() -> Status {
    auto head = impl_->chain_head();  // held, so that all is read from one state
    if (!head.step()) return broken(1);
    std::uint64_t seq = 0;
    Digest digest{};
    for (auto row = impl_->changes_all(); row.step(); ++seq) {
      const Change change = read_change(row);
      if (change.seq != seq + 1) return broken(seq + 1);
      if (change.previous != digest) return broken(std::max<std::uint64_t>(seq, 1));
      digest = digest_of(change);
    }
    if (head.number<std::uint64_t>(0) != seq) return broken(seq + 1);
    if (fixed_bytes<Digest>(head.bytes(1)) != digest) return broken(seq);
    auto stray = impl_->document_strays();
    return stray.step() ? altered(stray.text(0), stray.text(1)) : ok();
  });
}

}  // namespace touchstone::storage
