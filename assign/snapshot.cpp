#include "assign/snapshot.hpp"

#include <utility>

#include "assign/tables.hpp"

namespace touchstone::assign {
namespace {

template <class Id>
std::optional<Id> as_id(std::optional<std::uint32_t> place) {
  return place ? std::optional(Id{*place}) : std::nullopt;
}

}  // namespace

Snapshot::Snapshot(std::unique_ptr<const Tables> tables) noexcept : tables_(std::move(tables)) {}
Snapshot::~Snapshot() = default;

std::int64_t Snapshot::config_version() const noexcept { return tables_->config_version; }
Instant Snapshot::published_at() const noexcept { return tables_->published_at; }

std::optional<FlagId> Snapshot::flag(std::string_view key) const noexcept {
  return as_id<FlagId>(tables_->flag_index.find(key));
}

std::optional<ExperimentId> Snapshot::experiment(std::string_view key) const noexcept {
  return as_id<ExperimentId>(tables_->experiment_index.find(key));
}

std::uint32_t Snapshot::flag_count() const noexcept { return static_cast<std::uint32_t>(tables_->flags.size()); }

std::uint32_t Snapshot::experiment_count() const noexcept {
  return static_cast<std::uint32_t>(tables_->experiments.size());
}

std::string_view Snapshot::key(FlagId flag) const noexcept {
  return tables_->flag_keys[static_cast<std::uint32_t>(flag)];
}

std::string_view Snapshot::key(ExperimentId experiment) const noexcept {
  return tables_->experiment_keys[static_cast<std::uint32_t>(experiment)];
}

}  // namespace touchstone::assign
