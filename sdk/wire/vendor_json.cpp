#include "sdk/wire/vendor_json.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/vendor/build.hpp"

namespace touchstone::wire {
namespace {

using assign::dialect::Encoding;
using assign::dialect::Program;

constexpr std::size_t largest_experiment = 4U << 20U;
constexpr std::size_t deepest_experiment = 64;

struct Vendor {
  std::string_view name;
  Encoding encoding;  ///< of the SDK that most of its customers run
  Program (*read)(const vendor::Source& source);
};

constexpr std::array<Vendor, 18> known = {{
    {"amplitude", Encoding::utf8, vendor::amplitude},
    {"configcat", Encoding::utf8, vendor::configcat},
    {"eppo", Encoding::utf8, vendor::eppo},
    {"flagd", Encoding::utf8, vendor::flagd},
    {"flagship", Encoding::utf16_low8, vendor::flagship},
    {"flagsmith", Encoding::utf8, vendor::flagsmith},
    {"go-feature-flag", Encoding::utf8, vendor::go_feature_flag},
    {"growthbook", Encoding::utf16, vendor::growthbook},
    {"harness", Encoding::utf8, vendor::harness},
    {"launchdarkly", Encoding::utf8, vendor::launchdarkly},
    {"optimizely", Encoding::utf8, vendor::optimizely},
    {"planout-core", Encoding::utf8, vendor::planout_core},
    {"planout-js", Encoding::utf8, vendor::planout_js},
    {"posthog", Encoding::utf8, vendor::posthog},
    {"split", Encoding::utf8, vendor::split},
    {"statsig", Encoding::utf8, vendor::statsig},
    {"unleash", Encoding::utf16_low8, vendor::unleash},
    {"vwo", Encoding::utf8, vendor::vwo},
}};

constexpr std::array<std::pair<std::string_view, Encoding>, 5> encodings = {{
    {"utf8", Encoding::utf8},
    {"utf16-code-units", Encoding::utf16},
    {"utf16-code-units-low8", Encoding::utf16_low8},
    {"utf16-code-units-imurmurhash", Encoding::utf16_mixed},
    {"code-points", Encoding::code_points},
}};

Error refuse(std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), "", std::move(hint)};
}

const Vendor* vendor_named(std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const Vendor& one) { return one.name == name; });
  return found == known.end() ? nullptr : &*found;
}

std::optional<Encoding> encoding_named(std::string_view name) {
  const auto found =
      std::find_if(encodings.begin(), encodings.end(), [&](const auto& one) { return one.first == name; });
  return found == encodings.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Result<Program> read_vendor_experiment(std::string_view vendor, std::string_view algorithm, std::string_view encoding,
                                       std::string_view json) {
  const Vendor* const from = vendor_named(vendor);
  if (from == nullptr) return refuse("unknown vendor " + std::string(vendor), "see the list of vendors");
  const auto hashed = encoding.empty() ? std::optional(from->encoding) : encoding_named(encoding);
  if (!hashed) return refuse("unknown encoding " + std::string(encoding), "utf8 is the usual one");
  auto node = parse_document(json, largest_experiment, deepest_experiment);
  if (!node) return std::move(node).error();
  std::optional<Error> problem;
  auto program = from->read({Cursor(*node, "", problem), algorithm, *hashed});
  if (problem) return *std::move(problem);
  if (!well_formed(program)) return refuse("the experiment cannot be reproduced", "check its ranges and weights");
  return program;
}

std::span<const std::string_view> vendors() {
  static const auto names = [] {
    std::array<std::string_view, known.size()> all;
    std::transform(known.begin(), known.end(), all.begin(), [](const Vendor& one) { return one.name; });
    return all;
  }();
  return names;
}

}  // namespace touchstone::wire
