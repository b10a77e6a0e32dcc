#include "service/judge/weeks.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "service/judge/measured.hpp"

namespace touchstone::judge {

Check whole_weeks(const Enrolment& enrolment) {
  using Days = std::chrono::duration<double, std::chrono::days::period>;
  constexpr double week = 7;
  constexpr double many = 4;
  const Micros local = enrolment.until + enrolment.ahead_until - (enrolment.from + enrolment.ahead_from);
  const double days = std::round(std::max(0.0, Days(local).count()));
  const double weeks = std::floor(days / week);
  Check check = measured("whole_weeks", days, week);
  check.level = level(false, weeks < 1 || (enrolment.over && weeks < many && days > weeks * week));
  check.figures = {{"weeks", weeks}, {"days_beyond", days - weeks * week}, {"over", enrolment.over ? 1 : 0}};
  return check;
}

}  // namespace touchstone::judge
