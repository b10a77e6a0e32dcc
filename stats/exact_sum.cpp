#include "stats/exact_sum.hpp"

namespace touchstone::stats {
namespace {

Int128 square(std::int64_t amount) noexcept { return static_cast<Int128>(amount) * amount; }
Int256 cube(std::int64_t amount) noexcept { return product(square(amount), amount); }

}  // namespace

void Sums::add(std::int64_t amount) noexcept {
  n += 1;
  s1 += amount;
  s2 += square(amount);
  s3 += cube(amount);
}

void Sums::retract(std::int64_t amount) noexcept {
  n -= 1;
  s1 -= amount;
  s2 -= square(amount);
  s3 -= cube(amount);
}

void Sums::change(std::int64_t from, std::int64_t to) noexcept {
  s1 += static_cast<Int128>(to) - from;
  s2 += square(to) - square(from);
  s3 += cube(to) - cube(from);
}

void Sums::merge(const Sums& other) noexcept {
  n += other.n;
  s1 += other.s1;
  s2 += other.s2;
  s3 += other.s3;
}

void PairSums::add(std::int64_t amount_y, std::int64_t amount_x) noexcept {
  y.add(amount_y);
  x.add(amount_x);
  xy += static_cast<Int128>(amount_y) * amount_x;
}

void PairSums::retract(std::int64_t amount_y, std::int64_t amount_x) noexcept {
  y.retract(amount_y);
  x.retract(amount_x);
  xy -= static_cast<Int128>(amount_y) * amount_x;
}

void PairSums::merge(const PairSums& other) noexcept {
  y.merge(other.y);
  x.merge(other.x);
  xy += other.xy;
}

void CrossSums::add(std::int64_t amount_y, std::int64_t amount_x) noexcept {
  const Int128 both = static_cast<Int128>(amount_y) * amount_x;
  xy += both;
  xyy += product(both, amount_y);
  xxy += product(both, amount_x);
}

void CrossSums::retract(std::int64_t amount_y, std::int64_t amount_x) noexcept {
  const Int128 both = static_cast<Int128>(amount_y) * amount_x;
  xy -= both;
  xyy -= product(both, amount_y);
  xxy -= product(both, amount_x);
}

void CrossSums::merge(const CrossSums& other) noexcept {
  xy += other.xy;
  xyy += other.xyy;
  xxy += other.xxy;
}

}  // namespace touchstone::stats
