#include <algorithm>

#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

Draw shard_draw(const Source& source, const std::string& salt, std::uint64_t shards) {
  auto draw = murmur_modulo(salt + "-", source, shards);
  draw.hash = Hash::md5_32;
  return draw;
}

std::vector<Band> bands_of(const Cursor& ranges, Target to) {
  std::vector<Band> bands;
  ranges.each_element([&](const Cursor& range) {
    bands.push_back({range.member("start").number(), range.member("end").number(), to});
  });
  return bands;
}

/// A split holds when all its shards do; otherwise the next split is asked, which starts right after the last shard.
void add_split(const Source& source, const Cursor& split, std::uint64_t total, Builder& builder) {
  const auto given = builder.variant(split.member("variationKey"));
  const auto shards = split.member("shards");
  const auto count = shards.size();
  const auto next_split =
      assign::dialect::step(static_cast<std::size_t>(builder.next().number) + std::max<std::size_t>(count, 1));
  if (count == 0) builder.add({shard_draw(source, "", 1), false, {}, given});
  std::size_t asked = 0;
  shards.each_element([&](const Cursor& shard) {
    const bool last = ++asked == count;
    builder.add({shard_draw(source, shard.member("salt").text(), total), false,
                 bands_of(shard.member("ranges"), last ? given : builder.after_next()), next_split});
  });
}

}  // namespace

Program eppo(const Source& source) {
  Builder builder;
  const auto total = source.experiment.member_or("totalShards", std::int64_t{10'000},
                                                 [](const Cursor& shards) { return shards.integer(); });
  source.experiment.is(total > 0, "an experiment with at least one shard");
  source.experiment.member("allocations").each_element([&](const Cursor& allocation) {
    allocation.member("splits").each_element(
        [&](const Cursor& split) { add_split(source, split, static_cast<std::uint64_t>(total), builder); });
  });
  builder.add({shard_draw(source, "", 1), false, {}, {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
