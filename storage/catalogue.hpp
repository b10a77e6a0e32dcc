#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/directory.hpp"
#include "storage/erasure.hpp"
#include "storage/event.hpp"
#include "storage/expiry.hpp"
#include "storage/fingerprint.hpp"
#include "storage/person.hpp"

namespace touchstone::storage {

class ErasedUnits;

/// A tenant: everything belongs to exactly one. `id` is what statements, segments and keys carry.
struct Environment {
  std::uint32_t id = 0;
  std::string project;
  std::string key;
  std::uint64_t config_version = 0;  ///< epoch * 2^32 + seq of its last change
};

/// Current state of one thing that was agreed. To storage its text is opaque: codec reads and writes it.
struct Document {
  std::string entity;  ///< "experiment", "metric", ...
  std::string key;
  std::uint32_t version = 0;  ///< 1, 2, ...
  bool archived = false;
  std::string text;       ///< canonical JSON
  std::uint64_t seq = 0;  ///< of the change that made it so
};

/// Who changes something, why, and when.
struct Actor {
  std::string name;
  std::string reason;
  Time at{};
};

struct Edit {
  std::uint32_t environment = 0;
  std::string_view entity;
  std::string_view key;
  std::string_view text;
  bool archived = false;
  std::optional<std::uint32_t> expected;  ///< version the caller saw; 0 = must be new; absent = whatever it is
};

struct Edited {
  std::uint32_t version = 0;
  std::uint64_t seq = 0;
  std::uint64_t config_version = 0;
};

using Digest = std::array<unsigned char, 32>;

/// One entry of the configuration history, which is the audit: whole document, chained by BLAKE2b-256.
struct Change {
  std::uint64_t seq = 0;
  Actor by;
  std::uint32_t environment = 0;
  Document document;
  Digest previous{};  ///< digest of the change before; zeros for the first
};

enum class KeyKind : std::uint8_t { client = 0, sdk = 1, server = 2, admin = 3 };

/// An API key. Only its SHA-256 is stored; `prefix` is its first characters, for people.
struct ApiKey {
  std::uint32_t id = 0;
  std::uint32_t environment = 0;
  KeyKind kind = KeyKind::client;
  std::string name;
  std::string prefix;
  Digest sha256{};  ///< given by keys(), for the table that requests are checked against; never shown
  Time created{};
  std::optional<Time> revoked;
};

/// An answer that is kept for repetitions of its request.
struct Receipt {
  Digest name{};     ///< of who asked, where, and under which key of their choice
  Digest request{};  ///< of what was asked
  Time at{};
  std::string answer;  ///< opaque to storage
};

/// An event from too far in the future, kept aside.
struct Quarantined {
  std::uint64_t id = 0;
  std::uint32_t environment = 0;
  StoredBatch batch;  ///< exactly one event, seq 0
};

/// What was agreed: catalogue.db. A const Catalogue reads; a Catalogue that is not const writes, and only the writer
/// thread has one (Writer::change). Every question names its environment; what belongs to another does not exist.
/// Errors of every function: unavailable where the disk refuses.
class Catalogue {
 public:
  /// Creates or migrates (after a verified copy into backups/). Errors: invalid for a newer schema.
  static Result<Catalogue> open(const Directory& directory);
  /// A read-only connection of its own, also beside whoever holds the directory; one thread at a time.
  static Result<std::unique_ptr<const Catalogue>> read(const std::filesystem::path& directory);
  static Result<std::unique_ptr<const Catalogue>> read(const Directory& directory) { return read(directory.path()); }

  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// Runs the command in one transaction; it is durable after ok(), and an Error undoes all of it.
  Status transact(const std::function<Status(Catalogue&)>& command);

  // -- environments
  Result<Environment> create_environment(std::string_view project, std::string_view key);  ///< conflict
  [[nodiscard]] Result<std::vector<Environment>> environments() const;
  [[nodiscard]] Result<Environment> environment(std::string_view project, std::string_view key) const;  ///< not_found
  [[nodiscard]] Result<std::uint64_t> config_version(std::uint32_t environment) const;                  ///< not_found
  /// After a restored backup: no client may see the configuration go back.
  Result<std::uint64_t> raise_epoch(std::uint32_t environment);

  // -- documents
  /// Errors: precondition where `expected` is not the current version; conflict where a new key is taken, also by an
  /// archived document and ignoring case; not_found for an unknown environment or an expected version of nothing.
  Result<Edited> put(const Edit& edit, const Actor& by);
  [[nodiscard]] Result<Document> document(std::uint32_t environment, std::string_view entity,
                                          std::string_view key) const;  ///< not_found
  [[nodiscard]] Result<Document> document(std::uint32_t environment, std::string_view entity, std::string_view key,
                                          std::uint32_t version) const;  ///< not_found
  /// By key; archived ones included.
  [[nodiscard]] Result<std::vector<Document>> documents(std::uint32_t environment, std::string_view entity) const;
  /// As they were at that instant.
  [[nodiscard]] Result<std::vector<Document>> documents(std::uint32_t environment, std::string_view entity,
                                                        Time as_of) const;
  /// As they were after the change of that number.
  [[nodiscard]] Result<std::vector<Document>> documents_after(std::uint32_t environment, std::string_view entity,
                                                              std::uint64_t change) const;

  // -- changes
  /// Ascending seq, after `after`, at most `limit`.
  [[nodiscard]] Result<std::vector<Change>> changes(std::uint32_t environment, std::uint64_t after,
                                                    std::uint32_t limit) const;
  [[nodiscard]] Result<std::vector<Change>> history(std::uint32_t environment, std::string_view entity,
                                                    std::string_view key) const;
  /// Seq of the last change of any environment; 0 = none yet.
  [[nodiscard]] Result<std::uint64_t> last_change() const;
  /// Walks the whole chain, and compares each document with its last change. Error internal: names the seq of the first
  /// change that was altered, removed or moved, or the document that says something else.
  [[nodiscard]] Status verify_changes() const;

  // -- keys. The audit of a key is a document of entity "key", put in the same command.
  Result<ApiKey> add_key(const ApiKey& key, const Digest& sha256);    ///< id is given here; conflict
  [[nodiscard]] Result<ApiKey> find_key(const Digest& sha256) const;  ///< not_found for unknown and revoked
  [[nodiscard]] Result<std::vector<ApiKey>> keys(std::uint32_t environment) const;
  Status revoke_key(std::uint32_t environment, std::uint32_t id, Time at);  ///< not_found

  // -- one-time setup
  Status add_setup_token(const Digest& sha256, Time expires);
  /// Good once, before it expires. Error: unauthorized.
  Status use_setup_token(const Digest& sha256, Time now);

  // -- people. The audit of a person is a document of entity "person", put in the same command.
  Result<Person> add_person(const Person& person);                    ///< id is given here; conflict
  [[nodiscard]] Result<Person> person(std::string_view email) const;  ///< not_found
  [[nodiscard]] Result<Person> person(std::uint32_t id) const;        ///< not_found
  [[nodiscard]] Result<std::vector<Person>> people(std::uint32_t environment) const;
  Status put_person(const Person& person);  ///< name, role, password, disabled; not_found
  /// In the place of the one that the person had.
  Status put_person_link(std::uint32_t person, const Digest& sha256, Time expires);
  /// Whom a link is for, before it expires. Error: unauthorized.
  [[nodiscard]] Result<Person> linked_person(const Digest& sha256, Time now) const;
  Status end_person_link(std::uint32_t person);

  // -- sessions
  Status open_session(const Session& session);
  [[nodiscard]] Result<Session> session(const Digest& sha256) const;                ///< not_found
  [[nodiscard]] Result<std::vector<Session>> sessions(std::uint32_t person) const;  ///< by age
  Status see_session(const Digest& sha256, Time at);
  Status end_session(const Digest& sha256);
  Status end_sessions(std::uint32_t person, const Digest& but = {});
  /// Those that were opened, or seen last, by then.
  Status forget_sessions(Time opened, Time seen);

  // -- receipts
  /// Forgets those from `oldest` or before. Conflict where there is one of this name.
  Status keep_receipt(const Receipt& receipt, Time oldest);
  [[nodiscard]] Result<Receipt> receipt(const Digest& name) const;  ///< not_found

  // -- quarantine
  Status quarantine(std::uint32_t environment, const Fingerprint& name, const StoredEvent& event);
  /// Ascending id, after `after`, at most `limit`.
  [[nodiscard]] Result<std::vector<Quarantined>> quarantined(std::uint32_t environment, std::uint64_t after,
                                                             std::uint32_t limit) const;
  Status release(std::uint32_t environment, std::uint64_t id);  ///< from quarantine; not_found

  // -- erasures
  Status order_erasure(const Erasure& order);  ///< its id is given here; conflict where one is in force
  /// The one that is in force; not_found.
  [[nodiscard]] Result<Erasure> erasure(std::uint32_t environment, const Fingerprint& unit) const;
  [[nodiscard]] Result<std::vector<Erasure>> erasures() const;  ///< all there ever were, ascending id
  Status lift_erasure(std::uint32_t environment, const Fingerprint& unit, Time at);  ///< not_found
  /// Takes the events of these units out of quarantine, and counts them with their erasures.
  Status erase_quarantined(ErasedUnits& units);
  Status finish_erasure(std::uint64_t id, Time at);

  // -- expiries: what is older than is kept
  /// Conflict where events were let go up to then, or later, before.
  Status order_expiry(const Expiry& order);
  [[nodiscard]] Result<std::vector<Expiry>> expiries() const;  ///< the last of each environment
  /// Takes what was received before `kept_from` out of the environment's quarantine; gives how many.
  Result<std::size_t> expire_quarantined(const Expiry& order);
  Status finish_expiry(std::uint32_t environment, Time at);

  /// Writes the file anew, so that nothing stays in it that was once removed. Not in a transaction.
  Status rebuild();

  // -- backups that were made
  Status note_backup(const BackupNote& backup);
  [[nodiscard]] Result<std::vector<BackupNote>> backups() const;  ///< by age

  /// The directory's own key for fingerprints; made at creation.
  [[nodiscard]] Result<FingerprintKey> fingerprint_key() const;

 private:
  struct Impl;
  explicit Catalogue(std::unique_ptr<Impl> impl) noexcept;
  [[nodiscard]] Result<std::optional<Quarantined>> quarantined_after(std::uint64_t after) const;
  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] std::string_view name_of(KeyKind kind) noexcept;

}  // namespace touchstone::storage
