#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {

Program configcat(const Source& source) {
  Builder builder;
  Cumulative shares;
  source.experiment.member("percentageOptions").each_element([&](const Cursor& option) {
    shares.add(option.member("percentage").number(), builder.variant(option.member("value")));
  });
  auto draw = murmur_modulo(source.experiment.member("key").text(), source, 100);
  draw.hash = Hash::sha1_28;
  builder.add({std::move(draw), false, std::move(shares).bands(), {}});
  return builder.finish();
}

}  // namespace touchstone::wire::vendor
