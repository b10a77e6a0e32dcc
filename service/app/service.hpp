#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "assign/current.hpp"
#include "assign/result.hpp"
#include "service/app/agreements.hpp"
#include "service/app/evidence.hpp"
#include "service/app/publish.hpp"
#include "service/app/revision.hpp"
#include "service/app/salt.hpp"
#include "service/app/secrets.hpp"
#include "service/fast/keeper.hpp"
#include "service/fast/view.hpp"
#include "storage/catalogue.hpp"
#include "storage/directory.hpp"
#include "storage/writer.hpp"

namespace touchstone::app {

struct ServiceOptions {
  storage::WriterOptions writer;  ///< its observer is the service's own
  SaltSource salts = new_salt;
  std::uint64_t checkpoint_events = 65'536;  ///< after which the checkpoint follows the journal
};

/// One data directory, served: holds its lock, its writer, what was agreed and what happened. Every function may be
/// called from any thread. Environments are those that exist when it opens; asking for another one is a broken
/// invariant (std::out_of_range), because keys are bound to existing ones.
class Service {
 public:
  /// Takes the directory, migrates it, restores what was agreed from its documents and the live view from the journal,
  /// starts the writer and publishes. A new directory gets the environment default/production.
  /// Errors: conflict (in use by another process), invalid (written by a newer program), unavailable, internal.
  [[nodiscard]] static Result<std::unique_ptr<Service>> open(const std::filesystem::path& data,
                                                             ServiceOptions options = {});
  ~Service();  ///< stops
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Finishes what was accepted and closes the writer. Safe to call twice.
  void stop();

  /// Why nothing can be promised at present; empty = ready.
  [[nodiscard]] std::vector<std::string> not_ready() const;

  [[nodiscard]] Time now() const { return clock_(); }
  [[nodiscard]] std::uint32_t default_environment() const noexcept { return environments_.begin()->first; }
  [[nodiscard]] const Tenant& tenant(std::uint32_t environment) const;
  [[nodiscard]] std::vector<std::uint32_t> environments() const;

  /// One consistent state, for as long as the caller keeps it.
  [[nodiscard]] std::shared_ptr<const Agreements> agreed(std::uint32_t environment) const;

  using Edit = std::function<Status(Revision&)>;
  /// Lets `edit` prepare the next state; then checks that it can be published, stores it in one transaction, and
  /// publishes it. All or nothing; changes of an environment happen one after the other.
  [[nodiscard]] Status change(std::uint32_t environment, const storage::Actor& by, const Edit& edit);

  [[nodiscard]] const Secrets& secrets() const noexcept { return secrets_; }
  /// Told after each change of what the fast lane reads of keys and configurations, by the thread that made it. To be
  /// set while nobody changes anything.
  void on_published(std::function<void()> told) { told_ = std::move(told); }

  /// What the fast lane reads.
  [[nodiscard]] const fast::CurrentView& view() const noexcept { return view_; }
  /// The snapshot that clients have, as it was published.
  [[nodiscard]] assign::SnapshotDocument published(std::uint32_t environment) const;

  [[nodiscard]] Evidence& evidence(std::uint32_t environment);
  /// Where the events came from that the live views showed when it opened.
  struct StartCounts {
    std::uint64_t checkpoint = 0;
    std::uint64_t journal = 0;
  };
  [[nodiscard]] StartCounts start_counts() const noexcept { return start_counts_; }
  /// Entries of the table of what units keep.
  [[nodiscard]] std::size_t kept(std::uint32_t environment) const;
  [[nodiscard]] storage::Writer& writer() noexcept { return *writer_; }
  [[nodiscard]] const storage::Directory& directory() const noexcept { return directory_; }

  /// Runs a question on the catalogue's read-only connection; one at a time.
  template <class Ask>
  auto ask(Ask&& question) const {
    const std::lock_guard lock(reading_);
    return question(*reader_);
  }

 private:
  struct Environment {
    Environment(Tenant whose, std::shared_ptr<const Agreements> first, const Secrets& secrets,
                const CheckpointTerms& checkpoint, fast::Keeper::Publish publish);

    Tenant tenant;
    assign::Current<Agreements> agreed;
    fast::Keeper keeper;
    Evidence evidence;
    std::mutex changing;
  };

  Service(storage::Directory directory, std::function<Time()> clock, SaltSource salts, std::uint64_t checkpoint_events);

  [[nodiscard]] Status start_writer(storage::WriterOptions options);
  [[nodiscard]] Status open_catalogue();
  [[nodiscard]] Status derive_secrets();
  [[nodiscard]] Status restore_agreements();
  [[nodiscard]] Status restore_evidence();
  [[nodiscard]] Status reload(std::uint32_t environment);
  [[nodiscard]] Status load_keys();
  [[nodiscard]] Status store(const Revision& revision, const Environment& environment, const storage::Actor& by,
                             std::uint64_t& config_version);
  [[nodiscard]] Status publish(Environment& environment, Agreements next);
  void show(std::uint32_t environment, std::shared_ptr<const assign::Snapshot> snapshot);
  void show(std::shared_ptr<const fast::KeyTable> keys);
  void show(std::uint32_t environment, std::shared_ptr<const fast::KeptTable> kept);

  storage::Directory directory_;
  std::function<Time()> clock_;
  SaltSource salts_;
  std::uint64_t checkpoint_events_;
  StartCounts start_counts_;
  Secrets secrets_;
  std::map<std::uint32_t, std::unique_ptr<Environment>> environments_;
  std::function<void()> told_ = [] {};
  std::mutex showing_;
  fast::CurrentView view_;
  mutable std::mutex reading_;
  std::unique_ptr<const storage::Catalogue> reader_;
  std::unique_ptr<storage::Writer> writer_;
  std::atomic<bool> stopping_{false};
};

}  // namespace touchstone::app
