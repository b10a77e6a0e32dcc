#include "service/app/load.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "service/app/entity.hpp"
#include "service/app/environment.hpp"

namespace touchstone::app {

namespace {

/// Which state of the documents: the present one where neither is said.
struct Moment {
  std::optional<Time> as_of{};
  std::optional<std::uint64_t> config_version{};
};

/// Reads the documents of one environment at one moment.
class Loader {
 public:
  Loader(const storage::Catalogue& catalogue, std::uint32_t environment, Moment moment)
      : catalogue_(catalogue), environment_(environment), moment_(moment) {}

  Result<Agreements> load() {
    Status done = all<storage::Metric>();
    if (done) done = former_metrics();
    if (done) done = all<storage::SegmentRule>();
    if (done) done = all<storage::Layer>();
    if (done) done = all<storage::Flag>();
    if (done) done = all<storage::Experiment>();
    if (done) done = settings();
    if (done) done = stamp();
    if (!done) return done.error();
    return std::move(agreed_);
  }

 private:
  template <class T>
  static Result<T> read(const storage::Document& document) {
    auto value = Entity<T>::read_stored(document.text);
    if (value) return value;
    return Error{ErrorCode::internal,
                 "stored " + document.entity + " \"" + document.key + "\" cannot be read: " + value.error().message,
                 value.error().pointer, ""};
  }

  Result<std::vector<storage::Document>> documents_of(std::string_view entity) const {
    if (moment_.config_version)
      return catalogue_.documents_after(environment_, entity, last_change_of(*moment_.config_version));
    if (moment_.as_of) return catalogue_.documents(environment_, entity, *moment_.as_of);
    return catalogue_.documents(environment_, entity);
  }

  template <class T>
  Status all() {
    auto documents = documents_of(Entity<T>::word);
    if (!documents) return documents.error();
    for (const auto& document : *documents) {
      auto value = read<T>(document);
      if (!value) return value.error();
      last_seq_ = std::max(last_seq_, document.seq);
      (agreed_.*Entity<T>::all).insert_or_assign(document.key, std::move(*value));
    }
    return ok();
  }

  /// Frozen plans name versions that may no longer be the newest.
  Status former_metrics() {
    for (const auto& [key, newest] : agreed_.metrics) {
      agreed_.metric_versions.insert_or_assign({key, newest.version}, newest);
      for (std::uint32_t version = 1; version < newest.version; ++version) {
        const auto document = catalogue_.document(environment_, Entity<storage::Metric>::word, key, version);
        if (!document) return document.error();
        auto metric = read<storage::Metric>(*document);
        if (!metric) return metric.error();
        agreed_.metric_versions.insert_or_assign({key, version}, std::move(*metric));
      }
    }
    return ok();
  }

  /// Of the environment: no agreement, but a change of the configuration like the others.
  Status settings() {
    auto documents = documents_of(kEnvironmentWord);
    if (!documents) return documents.error();
    for (const auto& document : *documents) last_seq_ = std::max(last_seq_, document.seq);
    return ok();
  }

  Status stamp() {
    const auto current = catalogue_.config_version(environment_);
    if (!current) return current.error();
    agreed_.config_version =
        moment_.as_of ? (*current - last_change_of(*current)) | last_seq_ : moment_.config_version.value_or(*current);
    const auto seq = last_change_of(agreed_.config_version);
    if (seq == 0) return ok();
    const auto change = catalogue_.changes(environment_, seq - 1, 1);
    if (!change) return change.error();
    if (!change->empty()) agreed_.changed_at = change->front().by.at;
    return ok();
  }

  const storage::Catalogue& catalogue_;
  std::uint32_t environment_;
  Moment moment_;
  std::uint64_t last_seq_ = 0;
  Agreements agreed_;
};

}  // namespace

Result<Agreements> load_agreements(const storage::Catalogue& catalogue, std::uint32_t environment,
                                   std::optional<Time> as_of) {
  return Loader(catalogue, environment, {.as_of = as_of}).load();
}

Result<Agreements> load_agreements_under(const storage::Catalogue& catalogue, std::uint32_t environment,
                                         std::uint64_t config_version) {
  return Loader(catalogue, environment, {.config_version = config_version}).load();
}

}  // namespace touchstone::app
