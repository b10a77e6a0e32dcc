#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {

/// The flag's key is not hashed: one unit has the same place in every experiment. The last variation catches the rest.
Program harness(const Source& source) {
  Builder builder;
  Cumulative shares;
  Target last;
  source.experiment.member("variations").each_element([&](const Cursor& variation) {
    last = builder.variant(variation.member("variation"));
    shares.add(variation.member("weight").number(), last);
  });
  const auto by = source.experiment.gives("bucketBy") ? source.experiment.member("bucketBy").text() : "identifier";
  builder.add({murmur_modulo(by + ":", source, 100), false, std::move(shares).bands(), last});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
