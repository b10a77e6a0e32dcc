#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"
#include "service/app/entity.hpp"
#include "service/app/salt.hpp"
#include "storage/writer.hpp"

namespace touchstone::app {

/// A change of what was agreed, while it is being made: the next state, and the documents that take it there. Nothing
/// of it exists before Service::change has stored it whole.
class Revision {
 public:
  struct Edit {
    std::string_view entity;
    std::string key;
    std::string text;
    bool archived = false;
    std::uint32_t expected = 0;  ///< version before; 0 = new
  };

  Revision(Agreements agreed, Time now, SaltSource salts = app::new_salt)
      : agreed_(std::move(agreed)), now_(now), salts_(std::move(salts)) {}

  /// The state with everything that was put so far.
  [[nodiscard]] const Agreements& agreed() const noexcept { return agreed_; }
  [[nodiscard]] Time now() const noexcept { return now_; }
  [[nodiscard]] std::string new_salt() { return salts_(); }
  [[nodiscard]] const std::vector<Edit>& edits() const noexcept { return edits_; }
  [[nodiscard]] const std::vector<storage::CatalogueCommand>& commands() const noexcept { return commands_; }
  [[nodiscard]] bool empty() const noexcept { return edits_.empty() && commands_.empty(); }

  /// Creates it (version 1) or replaces its former version (one less).
  template <class T>
  void put(T value);

  /// Puts the audit document of something that is no agreement, and what happens to it in the same transaction.
  void record(Edit document, storage::CatalogueCommand command);
  /// Puts the audit document of a key, and what happens to the key itself in the same transaction.
  void put_key(Edit document, storage::CatalogueCommand command);
  [[nodiscard]] bool changes_keys() const noexcept { return changes_keys_; }

  /// What else happens in the same transaction.
  void attach(storage::CatalogueCommand command) { commands_.push_back(std::move(command)); }

  /// The thing of that key; error not_found.
  template <class T>
  [[nodiscard]] Result<T> find(std::string_view key) const;

  /// Error conflict where a thing of that kind has the key, ignoring case: keys are never used again.
  template <class T>
  [[nodiscard]] Status check_new(std::string_view key) const;

  [[nodiscard]] Agreements finish(std::uint64_t config_version) && {
    agreed_.config_version = config_version;
    agreed_.changed_at = now_;
    return std::move(agreed_);
  }

 private:
  Agreements agreed_;
  Time now_;
  SaltSource salts_;
  std::vector<Edit> edits_;
  std::vector<storage::CatalogueCommand> commands_;
  bool changes_keys_ = false;
};

/// True for keys that differ at most in the case of ASCII letters.
[[nodiscard]] bool same_key(std::string_view a, std::string_view b) noexcept;

[[nodiscard]] Error no_such(std::string_view word, std::string_view key);

template <class T>
void Revision::put(T value) {
  std::string key = value.key;
  edits_.push_back({Entity<T>::word, key, Entity<T>::write(value), Entity<T>::archived(value), value.version - 1});
  if constexpr (std::is_same_v<T, storage::Metric>)
    agreed_.metric_versions.insert_or_assign({key, value.version}, value);
  (agreed_.*Entity<T>::all).insert_or_assign(std::move(key), std::move(value));
}

template <class T>
Result<T> Revision::find(std::string_view key) const {
  const auto& all = agreed_.*Entity<T>::all;
  const auto found = all.find(key);
  if (found == all.end()) return no_such(Entity<T>::word, key);
  return found->second;
}

template <class T>
Status Revision::check_new(std::string_view key) const {
  for (const auto& [taken, value] : agreed_.*Entity<T>::all)
    if (same_key(taken, key))
      return Error{ErrorCode::conflict, std::string(Entity<T>::word) + " \"" + taken + "\" exists", "/key",
                   "Keys are never used again, also not in another case: choose another one."};
  return ok();
}

}  // namespace touchstone::app
