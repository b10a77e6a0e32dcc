#include <cmath>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

Draw bucket(const Source& source, std::string prefix, std::uint64_t n) {
  auto draw = murmur_modulo(std::move(prefix), source, n, 1);
  draw.reduction = Reduction::scaled;
  return draw;
}

std::string id_of(const Cursor& experiment) {
  const bool salted = experiment.gives("salt") && !text_or_number(experiment.member("salt")).empty();
  return text_or_number(experiment.member(salted ? "salt" : "campaignId")) + "_";
}

}  // namespace

Program vwo(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  const auto id = id_of(experiment);
  builder.add_gate(bucket(source, id, 100), {{0, experiment.member("percentTraffic").number(), {}}});
  Cumulative slots;
  experiment.member("variations").each_element([&](const Cursor& variation) {
    slots.add(std::ceil(variation.member("weight").number() * 100), builder.variant(variation.member("key")));
  });
  builder.add({bucket(source, id + text_or_number(experiment.member("accountId")) + "_", 10'000),
               false,
               std::move(slots).bands(),
               {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
