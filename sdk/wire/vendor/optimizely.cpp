#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

/// The id of what is bucketed follows the unit's id.
Draw bucket(const Source& source, const std::string& entity) {
  auto draw = murmur_modulo("", source, 10'000, 1);
  draw.suffix = entity;
  draw.reduction = Reduction::scaled;
  return draw;
}

/// Each entry ends a range that starts where the last one ended.
template <class TargetOf>
std::vector<Band> allocation(const Cursor& list, TargetOf target_of) {
  std::vector<Band> bands;
  double start = 0;
  list.each_element([&](const Cursor& entry) {
    const double end = entry.member("endOfRange").number();
    bands.push_back({start, end, target_of(entry)});
    start = end;
  });
  return bands;
}

Target variation_of(const Cursor& entry, Builder& builder) {
  if (!entry.gives("entityId") || text_or_number(entry.member("entityId")).empty()) return {};
  return builder.variant(entry.member(entry.has("variation") ? "variation" : "entityId"));
}

std::string id_of(const Cursor& experiment) {
  return text_or_number(experiment.member(experiment.has("experimentId") ? "experimentId" : "id"));
}

/// Only a group of policy `random` makes its experiments exclude each other.
void add_group(const Source& source, const Cursor& group, Builder& builder) {
  if (group.gives("policy") && group.member("policy").text() != "random") return;
  const auto own = id_of(source.experiment);
  const auto inside = builder.after_next();
  builder.add({bucket(source, text_or_number(group.member("id"))),
               false,
               allocation(group.member("trafficAllocation"),
                          [&](const Cursor& entry) {
                            return text_or_number(entry.member("entityId")) == own ? inside : Target{};
                          }),
               {}});
}

/// A holdout is bucketed like an experiment; who gets none of its variations goes on.
void add_holdout(const Source& source, const Cursor& holdout, Builder& builder) {
  const auto inside = builder.after_next();
  builder.add({bucket(source, id_of(holdout)), false,
               allocation(holdout.member("trafficAllocation"),
                          [&](const Cursor& entry) {
                            const auto variation = variation_of(entry, builder);
                            return variation == Target{} ? inside : variation;
                          }),
               inside});
}

}  // namespace

Program optimizely(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  if (experiment.gives("holdouts"))
    experiment.member("holdouts").each_element([&](const Cursor& holdout) { add_holdout(source, holdout, builder); });
  if (experiment.gives("group")) add_group(source, experiment.member("group"), builder);
  auto bands = allocation(experiment.member("trafficAllocation"),
                          [&](const Cursor& entry) { return variation_of(entry, builder); });
  builder.add({bucket(source, id_of(experiment)), false, std::move(bands), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
