#include "service/app/service.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/app/experiment_lifecycle.hpp"
#include "service/app/load.hpp"
#include "storage/insist.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {

namespace {

Time system_now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

/// Tells the live view about the experiments that are judged in another way than before.
void update(Evidence& evidence, const Agreements& before, const Agreements& after) {
  std::vector<JudgeableExperiment> changed;
  for (const auto& [key, experiment] : after.experiments) {
    auto next = judgeable(after, experiment);
    const auto former = before.experiments.find(key);
    if (former == before.experiments.end() || !same_judgement(judgeable(before, former->second), next))
      changed.push_back(std::move(next));
  }
  if (!changed.empty()) evidence.put(changed);
}

fast::KeyTable::Entry entry_of(const storage::ApiKey& key) {
  fast::KeyTable::Entry entry;
  std::ranges::copy(key.sha256, entry.hash.begin());
  entry.caller = {static_cast<fast::KeyKind>(key.kind), key.environment, key.id};
  return entry;
}

}  // namespace

Service::Environment::Environment(Tenant whose, std::shared_ptr<const Agreements> first, const Secrets& secrets,
                                  const CheckpointTerms& checkpoint, fast::Keeper::Publish publish)
    : tenant(std::move(whose)),
      agreed(std::move(first)),
      keeper(std::move(publish)),
      evidence(
          secrets.events,
          [this](const judge::Keeping& keeping) {
            const auto met =
                keeping.variant ? std::optional(assign::Met{*keeping.variant, keeping.belongs}) : std::nullopt;
            keeper.put(keeping.experiment, {keeping.unit.type, keeping.unit.id}, met);
          },
          checkpoint) {}

Service::Service(storage::Directory directory, std::function<Time()> clock, SaltSource salts,
                 std::uint64_t checkpoint_events)
    : directory_(std::move(directory)),
      clock_(std::move(clock)),
      salts_(std::move(salts)),
      checkpoint_events_(checkpoint_events),
      view_(std::make_shared<const fast::View>()) {}

Service::~Service() { stop(); }

Result<std::unique_ptr<Service>> Service::open(const std::filesystem::path& data, ServiceOptions options) {
  auto directory = storage::Directory::open(data);
  if (!directory) return directory.error();
  auto clock = options.writer.now ? options.writer.now : system_now;
  std::unique_ptr<Service> service(
      new Service(std::move(*directory), std::move(clock), std::move(options.salts), options.checkpoint_events));
  Status done = service->start_writer(std::move(options.writer));
  if (done) done = service->open_catalogue();
  if (done) done = service->derive_secrets();
  if (done) done = service->restore_agreements();
  if (done) done = service->restore_evidence();
  if (done) done = service->load_keys();
  if (!done) return done.error();
  return service;
}

Status Service::start_writer(storage::WriterOptions options) {
  options.on_committed = [this](std::uint32_t environment, std::span<const storage::StoredEvent> events) {
    evidence(environment).apply(events);
  };
  options.on_erased = [this](const storage::ErasedPart& part) { evidence(part.environment).erase(part); };
  options.on_expired = [this](std::uint32_t environment) { return reload(environment); };
  auto writer = storage::Writer::open(directory_, std::move(options));
  if (!writer) return writer.error();
  writer_ = std::move(*writer);
  return ok();
}

Status Service::open_catalogue() {
  auto reader = storage::Catalogue::read(directory_);
  if (!reader) return reader.error();
  reader_ = std::move(*reader);
  if (auto unaltered = reader_->verify_changes(); !unaltered) return unaltered;
  const auto existing = reader_->environments();
  if (!existing) return existing.error();
  if (!existing->empty()) return ok();
  return writer_->change_and_wait([](storage::Catalogue& catalogue) -> Status {
    const auto created = catalogue.create_environment("default", "production");
    return created ? ok() : Status(created.error());
  });
}

Status Service::derive_secrets() {
  const auto key = reader_->fingerprint_key();
  if (!key) return key.error();
  secrets_ = secrets_of(*key);
  auto next = std::make_shared<fast::View>(*view_.load());
  next->preview_key = secrets_.previews;
  next->stream_key = secrets_.streams;
  view_.publish(std::move(next));
  return ok();
}

Status Service::restore_agreements() {
  const auto existing = reader_->environments();
  if (!existing) return existing.error();
  for (const auto& environment : *existing) {
    auto agreed = load_agreements(*reader_, environment.id);
    if (!agreed) return agreed.error();
    const Tenant tenant{environment.id, environment.project, environment.key, secrets_.draws};
    auto snapshot = compile(*agreed, tenant);
    if (!snapshot) return snapshot.error();
    const auto publish = [this, id = environment.id](auto kept) { show(id, std::move(kept)); };
    auto made =
        std::make_unique<Environment>(tenant, std::make_shared<const Agreements>(std::move(*agreed)), secrets_,
                                      CheckpointTerms{directory_.path(), environment.id, checkpoint_events_}, publish);
    show(environment.id, made->keeper.table());
    show(environment.id, std::move(*snapshot));
    environments_.emplace(environment.id, std::move(made));
  }
  return ok();
}

/// From its checkpoint, and what came later from the journal.
Status Service::restore_evidence() {
  storage::JournalReader journal(directory_);
  for (auto& [id, environment] : environments_) {
    const auto covered = environment->evidence.restore([&journal, id = id](const storage::Checkpoint::Cover& cover) {
      const auto count = journal.count(id, cover.seq);
      return count && *count == cover.events.count();
    });
    start_counts_.checkpoint += covered.events.count();
    auto scanned = journal.scan({.from_seq = covered.seq + 1, .environment = id},
                                [this, &environment](std::uint32_t, storage::StoredBatch&& batch) {
                                  start_counts_.journal += batch.events.size();
                                  environment->evidence.apply(batch.events);
                                  return true;
                                });
    if (!scanned) return scanned;
    update(environment->evidence, {}, *environment->agreed.load());
  }
  return ok();
}

/// What is left of an environment's events, after old ones were let go.
Status Service::reload(std::uint32_t environment) {
  const auto left = storage::JournalReader(directory_).count(environment, storage::kLastSeq);
  if (!left) return left.error();
  if (*left == evidence(environment).events()) return ok();
  return evidence(environment).reload([&](const auto& take) {
    return storage::JournalReader(directory_)
        .scan({.environment = environment}, [&take](std::uint32_t, storage::StoredBatch&& batch) {
          take(batch.events);
          return true;
        });
  });
}

Status Service::load_keys() {
  std::vector<fast::KeyTable::Entry> entries;
  for (const auto& [id, environment] : environments_) {
    const auto keys =
        ask([environment_id = id](const storage::Catalogue& catalogue) { return catalogue.keys(environment_id); });
    if (!keys) return keys.error();
    for (const auto& key : *keys)
      if (!key.revoked) entries.push_back(entry_of(key));
  }
  show(std::make_shared<const fast::KeyTable>(std::move(entries)));
  return ok();
}

void Service::stop() {
  stopping_ = true;
  if (writer_) writer_->stop();
}

std::vector<std::string> Service::not_ready() const {
  std::vector<std::string> reasons;
  if (stopping_) reasons.emplace_back("shutting down");
  if (auto trouble = writer_->state().trouble; !trouble.empty()) reasons.push_back(std::move(trouble));
  return reasons;
}

const Tenant& Service::tenant(std::uint32_t environment) const { return environments_.at(environment)->tenant; }

std::vector<std::uint32_t> Service::environments() const {
  std::vector<std::uint32_t> ids;
  ids.reserve(environments_.size());
  for (const auto& [id, environment] : environments_) ids.push_back(id);
  return ids;
}

std::shared_ptr<const Agreements> Service::agreed(std::uint32_t environment) const {
  return environments_.at(environment)->agreed.load();
}

assign::SnapshotDocument Service::published(std::uint32_t environment) const {
  return for_clients(snapshot_document(*agreed(environment), tenant(environment)));
}

std::size_t Service::kept(std::uint32_t environment) const { return environments_.at(environment)->keeper.entries(); }

Evidence& Service::evidence(std::uint32_t environment) { return environments_.at(environment)->evidence; }

Status Service::change(std::uint32_t environment, const storage::Actor& by, const Edit& edit) {
  Environment& changed = *environments_.at(environment);
  const std::lock_guard lock(changed.changing);
  Revision revision(*changed.agreed.load(), by.at, salts_);
  if (auto prepared = edit(revision); !prepared) return prepared;
  if (revision.empty()) return ok();
  if (auto compiled = compile(revision.agreed(), changed.tenant); !compiled) return compiled.error();
  std::uint64_t config_version = 0;
  if (auto stored = store(revision, changed, by, config_version); !stored) return stored;
  if (revision.edits().empty()) return ok();
  const bool keys = revision.changes_keys();
  if (auto published = publish(changed, std::move(revision).finish(config_version)); !published) return published;
  return keys ? storage::insist([this] { return load_keys(); }) : ok();
}

Status Service::store(const Revision& revision, const Environment& environment, const storage::Actor& by,
                      std::uint64_t& config_version) {
  return writer_->change_and_wait([&](storage::Catalogue& catalogue) -> Status {
    for (const auto& edit : revision.edits()) {
      const auto done = catalogue.put(
          {environment.tenant.environment, edit.entity, edit.key, edit.text, edit.archived, edit.expected}, by);
      if (!done) return done.error();
      config_version = done->config_version;
    }
    for (const auto& command : revision.commands())
      if (auto done = command(catalogue); !done) return done;
    return ok();
  });
}

/// What is stored is shown: each step is repeated while memory is short for it.
Status Service::publish(Environment& environment, Agreements next) {
  auto snapshot = storage::insist([&] { return compile(next, environment.tenant); });
  if (!snapshot) return snapshot.error();
  const auto before = environment.agreed.load();
  const auto after = storage::insist([&] { return std::make_shared<const Agreements>(std::move(next)); });
  environment.agreed.publish(after);
  storage::insist([&] { update(environment.evidence, *before, *after); });
  storage::insist([&] { show(environment.tenant.environment, *snapshot); });
  return ok();
}

void Service::show(std::uint32_t environment, std::shared_ptr<const assign::Snapshot> snapshot) {
  {
    const std::lock_guard lock(showing_);
    auto next = std::make_shared<fast::View>(*view_.load());
    next->put(environment, std::move(snapshot));
    view_.publish(std::move(next));
  }
  told_();
}

void Service::show(std::uint32_t environment, std::shared_ptr<const fast::KeptTable> kept) {
  const std::lock_guard lock(showing_);
  auto next = std::make_shared<fast::View>(*view_.load());
  if (next->kept.size() <= environment) next->kept.resize(environment + 1);
  next->kept[environment] = std::move(kept);
  view_.publish(std::move(next));
}

void Service::show(std::shared_ptr<const fast::KeyTable> keys) {
  {
    const std::lock_guard lock(showing_);
    auto next = std::make_shared<fast::View>(*view_.load());
    next->keys = std::move(keys);
    view_.publish(std::move(next));
  }
  told_();
}

}  // namespace touchstone::app
