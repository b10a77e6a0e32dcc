#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/dialect/program.hpp"
#include "sdk/wire/cursor.hpp"

namespace touchstone::wire::vendor {

using assign::dialect::Band;
using assign::dialect::Draw;
using assign::dialect::Encoding;
using assign::dialect::Hash;
using assign::dialect::Program;
using assign::dialect::Reduction;
using assign::dialect::Step;
using assign::dialect::Target;

/// One experiment of a vendor's configuration.
struct Source {
  Cursor experiment;
  std::string_view algorithm;
  Encoding encoding;
};

/// Writes a program front to back.
class Builder {
 public:
  /// The variant a configuration names: a text, or any other JSON value as JSON text; null means no variant.
  [[nodiscard]] Target variant(const Cursor& at) {
    if (at.is_null()) return assign::dialect::nothing;
    return variant(at.is_text() ? at.text() : at.json());
  }

  [[nodiscard]] Target variant(const std::string& name) {
    for (std::size_t i = 0; i < program_.variants.size(); ++i)
      if (program_.variants[i] == name) return assign::dialect::variant(i);
    program_.variants.push_back(name);
    return assign::dialect::variant(program_.variants.size() - 1);
  }

  /// The place of the next step, and of the one after it.
  [[nodiscard]] Target next() const { return assign::dialect::step(program_.steps.size()); }
  [[nodiscard]] Target after_next() const { return assign::dialect::step(program_.steps.size() + 1); }

  void add(Step step) { program_.steps.push_back(std::move(step)); }

  /// Who lies in one of `bands` goes on with the step that follows, everyone else leaves.
  void add_gate(Draw draw, std::vector<Band> bands, bool closed = false) {
    for (auto& band : bands) band.to = after_next();
    add({std::move(draw), closed, std::move(bands), {}});
  }

  [[nodiscard]] Step& step(std::size_t number) { return program_.steps[number]; }

  /// Starts with the first step; a program without one gives `otherwise` to everyone.
  [[nodiscard]] Program finish(Target otherwise = {}) {
    program_.start = program_.steps.empty() ? otherwise : assign::dialect::step(0);
    return std::move(program_);
  }

 private:
  Program program_;
};

/// Bands side by side from 0 on.
class Cumulative {
 public:
  void add(double width, Target to) {
    bands_.push_back({end_, end_ + width, to});
    end_ += width;
  }
  [[nodiscard]] double end() const { return end_; }
  [[nodiscard]] std::vector<Band> bands() && { return std::move(bands_); }

 private:
  std::vector<Band> bands_;
  double end_ = 0;
};

/// hash(prefix + id) mod n, 32-bit MurmurHash3 over the vendor's encoding.
[[nodiscard]] inline Draw murmur_modulo(std::string prefix, const Source& source, std::uint64_t n,
                                        std::uint32_t seed = 0) {
  Draw draw;
  draw.prefix = std::move(prefix);
  draw.encoding = source.encoding;
  draw.seed = seed;
  draw.n = n;
  return draw;
}

/// sha1(prefix + id + suffix) as a fraction of all numbers of 15 hex digits.
[[nodiscard]] inline Draw sha1_fraction(std::string prefix, const Source& source, std::string suffix = "") {
  constexpr double largest_60_bits = 0xFFFFFFFFFFFFFFFp0;
  Draw draw;
  draw.prefix = std::move(prefix);
  draw.suffix = std::move(suffix);
  draw.hash = Hash::sha1_60;
  draw.encoding = source.encoding;
  draw.reduction = Reduction::fraction;
  draw.divisor = largest_60_bits;
  return draw;
}

/// A member that some configurations write as a text and others as a number.
[[nodiscard]] inline std::string text_or_number(const Cursor& at) { return at.is_text() ? at.text() : at.json(); }

[[nodiscard]] Program amplitude(const Source& source);
[[nodiscard]] Program configcat(const Source& source);
[[nodiscard]] Program eppo(const Source& source);
[[nodiscard]] Program flagd(const Source& source);
[[nodiscard]] Program flagship(const Source& source);
[[nodiscard]] Program flagsmith(const Source& source);
[[nodiscard]] Program go_feature_flag(const Source& source);
[[nodiscard]] Program growthbook(const Source& source);
[[nodiscard]] Program harness(const Source& source);
[[nodiscard]] Program launchdarkly(const Source& source);
[[nodiscard]] Program optimizely(const Source& source);
[[nodiscard]] Program planout_core(const Source& source);
[[nodiscard]] Program planout_js(const Source& source);
[[nodiscard]] Program posthog(const Source& source);
[[nodiscard]] Program split(const Source& source);
[[nodiscard]] Program statsig(const Source& source);
[[nodiscard]] Program unleash(const Source& source);
[[nodiscard]] Program vwo(const Source& source);

}  // namespace touchstone::wire::vendor
