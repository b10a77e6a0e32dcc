#include "assign/dialect/program.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "assign/dialect/hash.hpp"

namespace touchstone::assign::dialect {
namespace {

std::int32_t as_signed(const Hashed& hashed) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(hashed.low));
}

double scaled_by(const Draw& draw, double number) { return number / draw.divisor * draw.factor; }

double reduce(const Draw& draw, const Hashed& hashed) {
  switch (draw.reduction) {
    case Reduction::modulo:
      return scaled_by(draw, static_cast<double>(remainder(hashed, draw.n)));
    case Reduction::signed_modulo:
      return static_cast<double>(std::abs(std::int64_t{as_signed(hashed)} % static_cast<std::int64_t>(draw.n)));
    case Reduction::quotient: {
      const auto floor = hashed.low / draw.n;
      return static_cast<double>(floor);
    }
    case Reduction::scaled:
      return static_cast<double>((hashed.low * draw.n) >> 32);
    case Reduction::fraction:
      return scaled_by(draw, static_cast<double>(hashed.low));
    case Reduction::signed_fraction:
      return scaled_by(draw, std::abs(static_cast<double>(as_signed(hashed))));
  }
  return 0;
}

bool holds(const Step& step, const Band& band, double number) {
  return number >= band.lower && (step.closed ? number <= band.upper : number < band.upper);
}

Target target_of(const Step& step, double number) {
  const auto band = std::find_if(step.bands.begin(), step.bands.end(),
                                 [&](const Band& candidate) { return holds(step, candidate, number); });
  Target target = band == step.bands.end() ? step.otherwise : band->to;
  if (target.kind == Target::Kind::integer) target.number += static_cast<std::int64_t>(number);
  return target;
}

bool leads_on(const Program& program, const Target& target, std::int64_t from) {
  if (target.kind == Target::Kind::step)
    return target.number > from && target.number < static_cast<std::int64_t>(program.steps.size());
  if (target.kind == Target::Kind::variant)
    return target.number >= 0 && target.number < static_cast<std::int64_t>(program.variants.size());
  return true;
}

bool well_formed(const Program& program, const Step& step, std::int64_t number) {
  return step.draw.n > 0 && leads_on(program, step.otherwise, number) &&
         std::all_of(step.bands.begin(), step.bands.end(),
                     [&](const Band& band) { return leads_on(program, band.to, number); });
}

template <class Visit>
Target walk(const Program& program, std::string_view unit, Visit visit) {
  Target at = program.start;
  while (at.kind == Target::Kind::step) {
    const auto number = static_cast<std::size_t>(at.number);
    const Step& step = program.steps[number];
    const double drawn = number_of(step.draw, unit);
    at = target_of(step, drawn);
    visit({number, drawn, at});
  }
  return at;
}

}  // namespace

double number_of(const Draw& draw, std::string_view unit) {
  const std::string once = draw.prefix + std::string(unit) + draw.suffix;
  std::string text = once;
  double number = reduce(draw, hash(draw.hash, draw.encoding, draw.seed, text));
  while (number == draw.again_at) {
    text += "," + once;
    number = reduce(draw, hash(draw.hash, draw.encoding, draw.seed, text));
  }
  return number;
}

Outcome decide(const Program& program, std::string_view unit) {
  const Target at = walk(program, unit, [](const Taken&) {});
  Outcome outcome;
  if (at.kind == Target::Kind::variant) outcome.variant = static_cast<std::size_t>(at.number);
  if (at.kind == Target::Kind::integer) outcome.integer = at.number;
  return outcome;
}

std::vector<Taken> steps_taken(const Program& program, std::string_view unit) {
  std::vector<Taken> taken;
  walk(program, unit, [&taken](const Taken& one) { taken.push_back(one); });
  return taken;
}

std::optional<std::string> variant_of(const Program& program, std::string_view unit) {
  const auto outcome = decide(program, unit);
  if (outcome.variant) return program.variants[*outcome.variant];
  if (outcome.integer) return std::to_string(*outcome.integer);
  return std::nullopt;
}

bool well_formed(const Program& program) noexcept {
  if (!leads_on(program, program.start, -1)) return false;
  for (std::size_t i = 0; i < program.steps.size(); ++i)
    if (!well_formed(program, program.steps[i], static_cast<std::int64_t>(i))) return false;
  return true;
}

}  // namespace touchstone::assign::dialect
