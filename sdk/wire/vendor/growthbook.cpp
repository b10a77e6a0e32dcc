#include "assign/growthbook/bucketing.hpp"
#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

Draw draw_of(const Source& source, std::int64_t version, const std::string& seed) {
  const auto draw = assign::growthbook::draw_of(version, seed, source.encoding);
  source.experiment.is(draw.has_value(), "an experiment of hash version 1 or 2");
  return draw.value_or(Draw{});
}

std::int64_t version_of(const Cursor& at, std::int64_t otherwise) {
  return at.gives("hashVersion") ? at.member("hashVersion").integer() : otherwise;
}

Band band_of(const Cursor& range, Target to) {
  if (!range.is(range.is_list() && range.size() == 2, "a range of two numbers")) return {};
  return {range.element(0).number(), range.element(1).number(), to};
}

void add_gates(const Source& source, Builder& builder) {
  const auto& experiment = source.experiment;
  if (experiment.gives("filters")) {
    experiment.member("filters").each_element([&](const Cursor& filter) {
      std::vector<Band> bands;
      filter.member("ranges").each_element([&](const Cursor& range) { bands.push_back(band_of(range, {})); });
      builder.add_gate(draw_of(source, version_of(filter, 2), filter.member("seed").text()), std::move(bands));
    });
  } else if (experiment.gives("namespace")) {
    const auto space = experiment.member("namespace");
    if (!space.is(space.is_list() && space.size() == 3, "a namespace: name, start and end")) return;
    builder.add_gate(draw_of(source, 1, "__" + space.element(0).text()),
                     {{space.element(1).number(), space.element(2).number(), {}}});
  }
}

std::vector<double> weights_of(const Cursor& experiment) {
  std::vector<double> weights;
  if (experiment.gives("weights"))
    experiment.member("weights").each_element([&](const Cursor& weight) { weights.push_back(weight.number()); });
  return weights;
}

std::vector<Band> ranges_of(const Cursor& experiment, const std::vector<Target>& variants) {
  std::vector<Band> bands;
  if (experiment.gives("ranges")) {
    experiment.member("ranges").each_element([&](const Cursor& range) {
      if (bands.size() < variants.size()) bands.push_back(band_of(range, variants[bands.size()]));
    });
    return bands;
  }
  const double coverage = experiment.gives("coverage") ? experiment.member("coverage").number() : 1;
  const auto count = static_cast<std::int64_t>(variants.size());
  for (const auto& range : assign::growthbook::bucket_ranges(count, coverage, weights_of(experiment)))
    bands.push_back({range.begin, range.end, variants[bands.size()]});
  return bands;
}

}  // namespace

Program growthbook(const Source& source) {
  Builder builder;
  const auto& experiment = source.experiment;
  add_gates(source, builder);
  std::vector<Target> variants;
  experiment.member("variations").each_element([&](const Cursor& variation) {
    variants.push_back(builder.variant(variation));
  });
  const auto seed = experiment.member(experiment.gives("seed") ? "seed" : "key").text();
  builder.add({draw_of(source, version_of(experiment, 1), seed), false, ranges_of(experiment, variants), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
