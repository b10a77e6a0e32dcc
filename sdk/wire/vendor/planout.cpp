#include <algorithm>
#include <numeric>

#include "assign/dialect/hash.hpp"
#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire::vendor {
namespace {

constexpr std::uint32_t most_segments = 100'000;

/// What the build of Facebook's own library and the default build of the npm package do differently.
struct Build {
  Hash hash;
  double largest;
  bool offset_inside;     ///< randomInteger adds its minimum before the remainder is taken
  bool sample_from_tail;  ///< sampling stops early and returns the end of the list
};

constexpr Build core{Hash::sha1_60, 0xFFFFFFFFFFFFFFFp0, false, false};
constexpr Build package{Hash::sha1_52, 0xFFFFFFFFFFFFFp0, true, true};

Draw draw_of(const Source& source, const Build& build, const std::string& salt) {
  Draw draw;
  draw.prefix = salt + ".";
  draw.hash = build.hash;
  draw.encoding = source.encoding;
  return draw;
}

Draw fraction_of(const Source& source, const Build& build, const std::string& salt, double factor) {
  auto draw = draw_of(source, build, salt);
  draw.reduction = Reduction::fraction;
  draw.divisor = build.largest;
  draw.factor = factor;
  return draw;
}

Step uniform_choice(const Source& source, const Build& build, const std::string& salt, Builder& builder) {
  Cumulative choices;
  source.experiment.member("choices").each_element(
      [&](const Cursor& choice) { choices.add(1, builder.variant(choice)); });
  auto draw = draw_of(source, build, salt);
  draw.n = static_cast<std::uint64_t>(std::max(choices.end(), 1.0));
  return {std::move(draw), false, std::move(choices).bands(), {}};
}

Step weighted_choice(const Source& source, const Build& build, const std::string& salt, Builder& builder) {
  Cumulative weights;
  const auto choices = source.experiment.member("choices");
  std::size_t number = 0;
  source.experiment.member("weights").each_element([&](const Cursor& weight) {
    if (number < choices.size()) weights.add(weight.number(), builder.variant(choices.element(number++)));
  });
  return {fraction_of(source, build, salt, weights.end()), true, std::move(weights).bands(), {}};
}

Step bernoulli(const Source& source, const Build& build, const std::string& salt, Builder& builder) {
  const auto success = builder.variant("1");
  return {fraction_of(source, build, salt, 1),
          true,
          {{0, source.experiment.member("p").number(), success}},
          builder.variant("0")};
}

Step random_integer(const Source& source, const Build& build, const std::string& salt) {
  const auto least = source.experiment.member("min").integer();
  const auto most = source.experiment.member("max").integer();
  source.experiment.is(least <= most, "a range whose min is not above its max");
  auto draw = draw_of(source, build, salt);
  draw.n = static_cast<std::uint64_t>(std::max<std::int64_t>(most - least + 1, 1));
  const Target plain{Target::Kind::integer, least};
  if (!build.offset_inside) return {std::move(draw), false, {}, plain};
  const auto n = static_cast<std::int64_t>(draw.n);
  const auto shift = ((least % n) + n) % n;
  const double wrap = static_cast<double>(n - shift);
  return {std::move(draw), false, {{0, wrap, {Target::Kind::integer, shift}}}, {Target::Kind::integer, shift - n}};
}

/// The free segments that an experiment takes: the list is shuffled by hashes of the experiment's name and the place.
std::vector<std::size_t> sampled(std::vector<std::size_t> choices, std::size_t draws, const std::string& space,
                                 const std::string& name, const Build& build) {
  for (std::size_t i = choices.size() - (choices.empty() ? 0 : 1); i > 0; --i) {
    std::string text = space;
    text.append(".sampled_segments.").append(name).append(".").append(std::to_string(i));
    const auto hashed = assign::dialect::hash(build.hash, Encoding::utf8, 0, text);
    std::swap(choices[i], choices[assign::dialect::remainder(hashed, i + 1)]);
    if (build.sample_from_tail && choices.size() - draws == i)
      return {choices.begin() + static_cast<std::ptrdiff_t>(i), choices.end()};
  }
  choices.resize(std::min(draws, choices.size()));
  return choices;
}

/// Taken segments leave the free list by a swap with its last one. The package keeps it so; Facebook's library has a
/// set of them, whose order is that of their numbers.
void take(std::vector<std::size_t>& available, const std::vector<std::size_t>& taken, bool in_order) {
  for (const auto segment : taken) {
    const auto found = std::find(available.begin(), available.end(), segment);
    *found = available.back();
    available.pop_back();
  }
  if (in_order) std::sort(available.begin(), available.end());
}

/// Freed segments return in the order of their numbers.
void give_back(std::vector<std::size_t>& available, std::vector<std::size_t> freed, bool in_order) {
  std::sort(freed.begin(), freed.end());
  available.insert(available.end(), freed.begin(), freed.end());
  if (in_order) std::sort(available.begin(), available.end());
}

/// Replays the history of a namespace: `{"add": name, "segments": n}` and `{"remove": name}` in order, `ordered` where
/// free segments are kept in the order of their numbers.
std::vector<std::size_t> segments_of(const Cursor& space, const std::string& wanted, const Build& build) {
  const auto name = space.member("name").text();
  std::vector<std::size_t> available(space.member("numSegments").small());
  std::iota(available.begin(), available.end(), 0);
  const bool in_order = space.gives("ordered") && space.member("ordered").flag();
  std::vector<std::pair<std::string, std::vector<std::size_t>>> owned;
  space.member("operations").each_element([&](const Cursor& operation) {
    if (operation.gives("add")) {
      const auto experiment = operation.member("add").text();
      const auto count = operation.member("segments").small();
      if (!operation.is(count <= available.size(), "an experiment that fits into the free segments")) return;
      owned.emplace_back(experiment, sampled(available, count, name, experiment, build));
      take(available, owned.back().second, in_order);
      return;
    }
    const auto experiment = operation.member("remove").text();
    std::erase_if(owned, [&](const auto& entry) {
      if (entry.first != experiment) return false;
      give_back(available, entry.second, in_order);
      return true;
    });
  });
  for (const auto& [experiment, segments] : owned)
    if (experiment == wanted) return segments;
  return {};
}

std::vector<std::size_t> listed_segments(const Cursor& list) {
  std::vector<std::size_t> segments;
  list.each_element([&](const Cursor& segment) { segments.push_back(segment.small()); });
  return segments;
}

void add_namespace(const Source& source, const Cursor& space, const Build& build, Builder& builder) {
  const auto count = space.member("numSegments").small();
  if (!space.is(count > 0 && count <= most_segments, "a namespace of 1 to 100000 segments")) return;
  auto draw = draw_of(source, build, space.member("name").text() + ".segment");
  draw.n = count;
  const auto segments = space.gives("segments") ? listed_segments(space.member("segments"))
                                                : segments_of(space, source.experiment.member("key").text(), build);
  std::vector<Band> bands;
  for (const auto segment : segments) {
    const auto place = static_cast<double>(segment);
    bands.push_back({place, place + 1, {}});
  }
  builder.add_gate(std::move(draw), std::move(bands));
}

Program planout(const Source& source, const Build& build) {
  Builder builder;
  const auto& experiment = source.experiment;
  if (experiment.gives("namespace")) add_namespace(source, experiment.member("namespace"), build, builder);
  const auto op = experiment.member("op").text();
  const auto salt = experiment.member("salt").text();
  if (op == "uniformChoice")
    builder.add(uniform_choice(source, build, salt, builder));
  else if (op == "weightedChoice")
    builder.add(weighted_choice(source, build, salt, builder));
  else if (op == "bernoulliTrial")
    builder.add(bernoulli(source, build, salt, builder));
  else if (op == "randomInteger")
    builder.add(random_integer(source, build, salt));
  else
    experiment.member("op").is(false, "one of uniformChoice, weightedChoice, bernoulliTrial and randomInteger");
  return builder.finish();
}

}  // namespace

Program planout_core(const Source& source) { return planout(source, core); }
Program planout_js(const Source& source) { return planout(source, package); }

}  // namespace touchstone::wire::vendor
