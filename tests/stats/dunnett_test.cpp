#include "stats/fixed/dunnett.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"

namespace touchstone::stats {
namespace {

ManyToOne equal_sizes(std::size_t treatments, double df) {
  return {std::vector<double>(treatments, std::sqrt(0.5)), df};
}

std::vector<double> lambda_of(double control, const std::vector<double>& treatments) {
  std::vector<double> lambda;
  for (const double n : treatments) lambda.push_back(std::sqrt(n / (n + control)));
  return lambda;
}

// Dunnett, Biometrics 20 (1964) 482, table II: two-sided 5 %, equal sizes, by treatments and degrees of freedom.
TEST(dunnett, critical_values_are_those_of_the_published_table) {
  struct Row {
    std::size_t treatments;
    double df;
    double c;
  };
  for (const Row& row :
       {Row{1, 5, 2.57}, Row{2, 5, 3.03}, Row{3, 5, 3.29}, Row{2, 10, 2.57}, Row{4, 10, 2.89}, Row{3, 20, 2.54},
        Row{9, 20, 2.95}, Row{2, infinity, 2.21}, Row{4, infinity, 2.44}, Row{9, infinity, 2.69}})
    EXPECT_NEAR(many_to_one_quantile(equal_sizes(row.treatments, row.df), 0.05), row.c, 0.0051)
        << row.treatments << " " << row.df;
}

// SciPy 1.17, nested adaptive quadrature of the same integral (scipy.integrate.quad over phi and the chi density).
TEST(dunnett, chances_of_unequal_sizes_agree_with_adaptive_quadrature) {
  EXPECT_NEAR(many_to_one_upper(equal_sizes(3, 36), 2.5), 1 - 0.9551695304614599, 1e-10);
  EXPECT_NEAR(many_to_one_upper(equal_sizes(3, 5), 3.29), 1 - 0.9498306995638306, 1e-10);
  EXPECT_NEAR(many_to_one_upper({lambda_of(50, {20, 80, 35, 60}), 240}, 2.2), 1 - 0.904039677189436, 1e-10);
  EXPECT_NEAR(many_to_one_upper(equal_sizes(4, infinity), 2.44), 1 - 0.9497686307448396, 1e-10);
  EXPECT_NEAR(many_to_one_upper({lambda_of(100, {30, 300}), infinity}, 4.5), 1 - 0.9999864275823921, 1e-13);
  EXPECT_NEAR(many_to_one_upper({lambda_of(20, {200, 10}), 12}, 3), 1 - 0.9800078158096496, 1e-10);
}

TEST(dunnett, one_treatment_is_the_t_test) {
  EXPECT_NEAR(many_to_one_upper(equal_sizes(1, 7), 2.3), student_two_sided(2.3, 7).p, 1e-13);
  EXPECT_NEAR(many_to_one_upper(equal_sizes(1, infinity), 12), normal_two_sided(12).p, 1e-12 * normal_two_sided(12).p);
  EXPECT_EQ(many_to_one_upper(equal_sizes(1, infinity), 60), 0);
}

// A control of one in a thousand: the treatments stand and fall with it, so that the chance is close to that of one.
TEST(dunnett, a_small_control_makes_the_comparisons_one) {
  const double chance = many_to_one_upper({lambda_of(100, {100'000, 100'000, 100'000}), infinity}, 2);
  EXPECT_GT(chance, normal_two_sided(2).p);
  EXPECT_LT(chance, 1.1 * normal_two_sided(2).p);
}

TEST(dunnett, lies_between_one_test_and_bonferroni) {
  for (const double c : {0.5, 2.0, 3.0, 5.0}) {
    const double chance = many_to_one_upper(equal_sizes(6, 40), c);
    EXPECT_GT(chance, student_two_sided(c, 40).p);
    EXPECT_LT(chance, std::fmin(1, 6 * student_two_sided(c, 40).p));
  }
  EXPECT_NEAR(many_to_one_upper(equal_sizes(6, 40), 0), 1, 1e-12);
}

// Dunnett 1955, table 2: blood counts under a control and two drugs. t = .857032, 3.693752 as in SciPy's documentation
// (stats.dunnett, p .6201 and .0058 by simulation); p and c = 2.5134829 by its adaptive quadrature.
TEST(dunnett, blood_counts) {
  const Moments control = moments(std::vector{7.40, 8.50, 7.20, 8.24, 9.84, 8.32});
  const std::vector drugs{moments(std::vector{9.76, 8.80, 7.68, 9.36}),
                          moments(std::vector{12.80, 9.68, 12.16, 9.20, 10.55})};
  const std::vector<Estimate> found = dunnett(control, drugs, 0.05);
  EXPECT_NEAR(found[0].estimate / found[0].se, 0.8570321259, 1e-9);
  EXPECT_NEAR(found[0].p, 0.6201019800, 1e-9);
  EXPECT_NEAR(found[1].p, 0.0058253608, 1e-9);
  EXPECT_NEAR(found[0].interval.low, -1.2563041371, 1e-8);
  EXPECT_NEAR(found[0].interval.high, 2.5563041371, 1e-8);
  EXPECT_NEAR(found[1].interval.low, 0.8397282065, 1e-8);
  EXPECT_NEAR(found[1].interval.high, 4.4162717936, 1e-8);
}

TEST(dunnett, interval_and_p_are_one_rule) {
  const Moments control{40, 10, 39 * 4.0};
  for (const double alpha : {0.001, 0.05, 0.4}) {
    const std::vector<Estimate> found =
        dunnett(control, std::vector<Moments>{{40, 10.9, 39 * 4.0}, {90, 11.5, 89 * 4.0}, {7, 8.0, 6 * 4.0}}, alpha);
    for (const Estimate& e : found) EXPECT_EQ(e.p <= alpha, !e.interval.contains(0));
  }
}

TEST(dunnett, the_order_of_treatments_moves_their_answers_along) {
  const Moments control{40, 10, 39 * 4.0};
  std::vector<Moments> arms{{40, 10.9, 39 * 4.0}, {90, 11.5, 89 * 4.0}, {7, 8.0, 6 * 4.0}};
  const std::vector<Estimate> before = dunnett(control, arms, 0.05);
  std::reverse(arms.begin(), arms.end());
  const std::vector<Estimate> after = dunnett(control, arms, 0.05);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(after[i].p, before[2 - i].p, 1e-12);
}

TEST(dunnett, too_little_data_is_said_by_name) {
  const Moments some{5, 1, 3};
  EXPECT_TRUE(dunnett(some, {}, 0.05).empty());
  EXPECT_EQ(dunnett({}, std::vector{some}, 0.05)[0].status, Status::insufficient_data);
  EXPECT_EQ(dunnett(some, std::vector{some, Moments{}}, 0.05)[1].status, Status::insufficient_data);
  EXPECT_EQ(dunnett({1, 2, 0}, std::vector{Moments{1, 3, 0}}, 0.05)[0].status, Status::insufficient_data);
  EXPECT_EQ(dunnett({5, 2, 0}, std::vector{Moments{5, 3, 0}}, 0.05)[0].status, Status::zero_variance);
}

}  // namespace
}  // namespace touchstone::stats
