// Tails of Student's t on both sides of each place where another formula takes over.

#include "stats/distribution/student.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace touchstone::stats {
namespace {

struct Known {
  double df;
  double t;
  double two_sided;
};

// mpmath 1.3.0 at 50 digits: betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True).
constexpr Known known[] = {
    {40, 1e-9, 0.99999999920708615},       {40, 0.5, 0.61981473523344803},       {40, 8.289, 3.2210518606533489e-10},
    {40, 8.29, 3.2111102783655199e-10},    {39.999, 2, 0.052322515436176459},    {41.5, 2.021, 0.04976239151459513},
    {60, 7, 2.5015555907090025e-9},        {120, 10.2, 5.6928988471364064e-18},  {1000, 1.96, 0.050273184955748714},
    {1000, 10.95, 1.9649780958150288e-26}, {1000, 11.2, 1.6357317548902157e-27}, {199990, 3.7, 0.00021565719521510378},
    {2e7, 1.5, 0.13361441832267295},       {2e7, 7.74, 9.9421422168687539e-15},  {2e7, 7.75, 9.1896829560060547e-15},
};

TEST(Student, TailsAreRightToTheLastDigits) {
  for (const Known& row : known) {
    const StudentTails tails = student_tails(row.t, row.df);
    EXPECT_NEAR(tails.two_sided.p / row.two_sided, 1, 2e-14) << row.df << " " << row.t;
    EXPECT_NEAR(tails.two_sided.log10_p, std::log10(row.two_sided), 1e-13) << row.df << " " << row.t;
    EXPECT_NEAR(tails.upper.p / (row.two_sided / 2), 1, 2e-14) << row.df << " " << row.t;
    EXPECT_NEAR(tails.lower.p, 1 - row.two_sided / 2, 2e-15) << row.df << " " << row.t;
  }
}

TEST(Student, AnswersForTheOtherSignAreMirrored) {
  for (const Known& row : known) {
    const StudentTails above = student_tails(row.t, row.df);
    const StudentTails below = student_tails(-row.t, row.df);
    EXPECT_EQ(above.upper.p, below.lower.p);
    EXPECT_EQ(above.lower.p, below.upper.p);
    EXPECT_EQ(above.two_sided.p, below.two_sided.p);
  }
}

}  // namespace
}  // namespace touchstone::stats
