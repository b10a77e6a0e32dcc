#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr int legacy_algorithm = 1;

/// Algorithm 2 is MurmurHash3; algorithm 1 the hash of Java's texts, a signed number.
Draw bucket(const Source& source, const char* seed) {
  auto draw = murmur_modulo("", source, 100, static_cast<std::uint32_t>(source.experiment.member(seed).integer()));
  if (source.experiment.gives("algo") && source.experiment.member("algo").integer() == legacy_algorithm) {
    draw.hash = Hash::java31;
    draw.reduction = Reduction::signed_modulo;
    draw.encoding = Encoding::utf16;
  }
  return draw;
}

}  // namespace

Program split(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  const double traffic = experiment.gives("trafficAllocation") ? experiment.member("trafficAllocation").number() : 100;
  if (traffic < 100) builder.add_gate(bucket(source, "trafficAllocationSeed"), {{0, traffic, {}}});
  Cumulative shares;
  experiment.member("partitions").each_element([&](const Cursor& partition) {
    shares.add(partition.member("size").number(), builder.variant(partition.member("treatment")));
  });
  builder.add({bucket(source, "seed"), false, std::move(shares).bands(), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
