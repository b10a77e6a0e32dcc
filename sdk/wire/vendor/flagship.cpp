#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {

Program flagship(const Source& source) {
  Builder builder;
  Cumulative shares;
  source.experiment.member("variations").each_element([&](const Cursor& variation) {
    shares.add(variation.member("allocation").number(), builder.variant(variation.member("key")));
  });
  builder.add({murmur_modulo(source.experiment.member("variationGroupId").text(), source, 100),
               false,
               std::move(shares).bands(),
               {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
