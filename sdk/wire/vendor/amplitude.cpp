#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

std::vector<Band> band_of(const Cursor& range, Target to) {
  if (!range.is(range.is_list() && range.size() == 2, "a range of two numbers")) return {};
  return {{range.element(0).number(), range.element(1).number(), to}};
}

}  // namespace

/// One hash for both questions: its remainder by 100 allocates, its quotient by 100 distributes.
Program amplitude(const Source& source) {
  Builder builder;
  const auto prefix = source.experiment.member("salt").text() + "/";
  const auto rest =
      source.experiment.gives("default") ? builder.variant(source.experiment.member("default")) : Target{};
  source.experiment.member("allocations").each_element([&](const Cursor& allocation) {
    auto gate = murmur_modulo(prefix, source, 100);
    const auto inside = builder.after_next();
    const auto next_allocation = assign::dialect::step(static_cast<std::size_t>(inside.number) + 1);
    builder.add({gate, false, band_of(allocation.member("range"), inside), next_allocation});
    Step distribution{gate, false, {}, next_allocation};
    distribution.draw.reduction = Reduction::quotient;
    allocation.member("distributions").each_element([&](const Cursor& one) {
      for (auto& band : band_of(one.member("range"), builder.variant(one.member("variant"))))
        distribution.bands.push_back(band);
    });
    builder.add(std::move(distribution));
  });
  builder.add({murmur_modulo(prefix, source, 1), false, {}, rest});
  return builder.finish(rest);
}

}  // namespace touchstone::wire::vendor
