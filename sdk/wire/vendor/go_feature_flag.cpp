#include <algorithm>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

Draw thousandths(const Source& source, double percent) {
  auto draw = murmur_modulo(source.experiment.member("key").text(), source,
                            static_cast<std::uint64_t>(std::max(percent * 1000, 1.0)));
  draw.hash = Hash::fnv1a32;
  return draw;
}

Program progressive(const Source& source, const Cursor& rollout, Builder builder) {
  const auto end = builder.variant(rollout.member("end"));
  const auto initial = builder.variant(rollout.member("initial"));
  const double percent = rollout.member("percentage").number();
  builder.add({thousandths(source, 100), false, {{0, percent * 1000, end}}, initial});
  return builder.finish();
}

}  // namespace

/// Variants lie side by side in reverse alphabetical order.
Program go_feature_flag(const Source& source) {
  Builder builder;
  if (source.experiment.gives("progressive"))
    return progressive(source, source.experiment.member("progressive"), std::move(builder));
  std::vector<std::pair<std::string, double>> shares;
  source.experiment.member("percentages").each_member([&](const std::string& name, const Cursor& percent) {
    shares.emplace_back(name, percent.number());
  });
  std::sort(shares.rbegin(), shares.rend());
  Cumulative bands;
  for (const auto& [name, percent] : shares) bands.add(percent * 1000, builder.variant(name));
  const double total = bands.end() / 1000;
  builder.add({thousandths(source, total), false, std::move(bands).bands(), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
