#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "stats/lifetime_value/buying.hpp"
#include "stats/lifetime_value/spending.hpp"
#include "tests/stats/shared_data.hpp"

namespace touchstone::stats {
namespace {

const BuyingModel cdnow_model{0.24259290952199744, 4.413531699680278, 0.7928860476922343, 2.4257534095933333};

const std::vector<Buyer> few_buyers{
    {3, 6.9, 32},  {1, 2.4, 36}, {3, 21, 23},   {1, 12.2, 30}, {2, 22.6, 25},  {3, 6.2, 38},   {1, 2.8, 26},
    {6, 27, 30},   {0, 0, 32},   {0, 0, 27},    {1, 6.6, 27},  {10, 30.6, 31}, {10, 19.6, 20}, {0, 0, 33},
    {0, 0, 32},    {4, 9.4, 22}, {1, 0.6, 27},  {8, 22.4, 36}, {0, 0, 21},     {1, 23.1, 32},  {1, 11.9, 24},
    {7, 20.9, 28}, {1, 0.9, 38}, {1, 2.8, 34},  {1, 22.2, 37}, {3, 9, 30},     {16, 35.2, 36}, {6, 29.9, 32},
    {5, 14.9, 28}, {0, 0, 34},   {2, 17.1, 24}, {1, 2.5, 27},  {2, 4.9, 35},   {6, 23.4, 29},  {6, 31.9, 35},
    {2, 19.1, 22}, {2, 4.7, 20}, {0, 0, 27},    {1, 22.4, 26}, {2, 29.1, 35}};

const std::vector<Spender> few_spenders{{7, 16.6}, {3, 32.7}, {3, 2.6},  {7, 12.8}, {3, 12.8}, {4, 20.3},  {7, 8.1},
                                        {6, 3.7},  {7, 13.9}, {5, 8.3},  {1, 19},   {3, 36.3}, {1, 85.4},  {5, 23},
                                        {6, 15.4}, {7, 9.2},  {7, 15.6}, {6, 34.4}, {6, 5.8},  {2, 172.9}, {2, 22.6},
                                        {5, 17.4}, {7, 18.1}, {5, 16.7}, {7, 21.2}};

// Fader and Hardie's customers of CDNOW, weeks up to 30 September 1997, as far as the data may be had.
struct Customer {
  Buyer buyer;
  double mean_spend = 0;
};
std::vector<Customer> cdnow() {
  std::vector<Customer> customers;
  const auto path = shared_data() / "data" / "cdnow-ltv" / "cdnow_customers_summary.csv.gz";
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  std::array<char, 256> line{};
  if (file == nullptr || gzgets(file.get(), line.data(), line.size()) == nullptr) return customers;
  while (gzgets(file.get(), line.data(), line.size()) != nullptr) {
    std::array<double, 5> field{};
    const char* at = line.data();
    for (double& value : field) {
      char* end = nullptr;
      value = std::strtod(at, &end);
      at = end + 1;
    }
    customers.push_back({{field[1], field[2], field[3]}, field[4]});
  }
  return customers;
}

// SciPy 1.17, Nelder-Mead on the log-likelihood written with gammaln and betaln, five starts.
TEST(buying, fit_is_the_maximum_of_the_likelihood) {
  const BuyingFit fit = fit_buying(few_buyers);
  ASSERT_EQ(fit.status, Status::ok);
  EXPECT_NEAR(fit.model.r, 1.0793942, 1e-6);
  EXPECT_NEAR(fit.model.alpha, 6.2089222, 1e-6);
  EXPECT_NEAR(fit.model.a, 0.4548993, 1e-6);
  EXPECT_NEAR(fit.model.b, 1.4318629, 1e-6);
  EXPECT_NEAR(fit.log_likelihood, -359.2597313139604, 1e-9);
}

TEST(buying, a_unit_of_time_moves_alpha_alone) {
  std::vector<Buyer> in_days = few_buyers;
  for (Buyer& buyer : in_days) buyer = {buyer.repeats, 7 * buyer.last, 7 * buyer.watched};
  const BuyingFit weeks = fit_buying(few_buyers);
  const BuyingFit days = fit_buying(in_days);
  EXPECT_NEAR(days.model.alpha, 7 * weeks.model.alpha, 1e-5);
  EXPECT_NEAR(days.model.r, weeks.model.r, 1e-6);
  EXPECT_NEAR(days.model.b, weeks.model.b, 1e-6);
}

// Fader, Hardie and Lee 2005: .243, 4.414, .793, 2.426, log-likelihood -9582.4; digits of the data's own record.
TEST(buying, cdnow) {
  const std::vector<Customer> customers = cdnow();
  if (customers.empty()) GTEST_SKIP() << "no shared data: set TOUCHSTONE_SHARED";
  std::vector<Buyer> buyers;
  for (const Customer& customer : customers) buyers.push_back(customer.buyer);
  const BuyingFit fit = fit_buying(buyers);
  EXPECT_EQ(buyers.size(), 2357U);
  EXPECT_NEAR(fit.model.r, cdnow_model.r, 1e-5 * cdnow_model.r);
  EXPECT_NEAR(fit.model.alpha, cdnow_model.alpha, 1e-5 * cdnow_model.alpha);
  EXPECT_NEAR(fit.model.a, cdnow_model.a, 1e-5 * cdnow_model.a);
  EXPECT_NEAR(fit.model.b, cdnow_model.b, 1e-5 * cdnow_model.b);
  EXPECT_NEAR(fit.log_likelihood, -9582.42556056736, 1e-6);
  double expected = 0;
  for (const Buyer& buyer : buyers) expected += expected_purchases(fit.model, buyer, 39);
  EXPECT_NEAR(expected, 1653.4233, 0.02);  // lifetimes 0.11.3 at the recorded parameters; 1,882 came
}

// lifetimes 0.11.3 (conditional_probability_alive, conditional_expected_number_of_purchases_up_to_time); the customer
// of the paper: 2 repeats, the last at 30.43 of 38.86 weeks, 1.226 expected in 39 weeks.
TEST(buying, what_to_expect_of_one_customer) {
  struct Row {
    Buyer buyer;
    double active;
    double expected;
  };
  for (const Row& row :
       {Row{{0, 0, 38.86}, 1, 0.19478085020245742}, Row{{2, 30.43, 38.86}, 0.72660918, 1.225910512503911},
        Row{{26, 30.86, 31}, 0.96891971, 20.75057027242301}, Row{{1, 1.71, 38.86}, 0.21222743, 0.20325066939812977},
        Row{{7, 29.43, 38.86}, 0.64180064, 3.337239665295506}}) {
    EXPECT_NEAR(chance_active(cdnow_model, row.buyer), row.active, 1e-8);
    EXPECT_NEAR(expected_purchases(cdnow_model, row.buyer, 39), row.expected, 1e-8 * row.expected);
  }
  // Of somebody new.
  EXPECT_NEAR(expected_purchases(cdnow_model, {}, 39), 1.195016341203684, 1e-8);
  EXPECT_NEAR(expected_purchases(cdnow_model, {}, 200), 3.1398328880160697, 1e-8);
}

// The closed form divides by a - 1. SciPy 1.17, adaptive quadrature.
TEST(buying, nothing_is_special_at_a_of_one) {
  EXPECT_NEAR(expected_purchases({0.5, 6, 1, 3}, {4, 20, 38}, 52), 1.4068688417912245, 1e-8);
  EXPECT_NEAR(expected_purchases({2, 10, 1.7, 0.8}, {3, 20, 30}, 10), 0.28567412501593886, 1e-8);
}

TEST(buying, more_time_brings_more_and_silence_makes_it_unlikely) {
  double before = 0;
  for (const double horizon : {1.0, 5.0, 50.0, 500.0}) {
    const double expected = expected_purchases(cdnow_model, {3, 20, 30}, horizon);
    EXPECT_GT(expected, before);
    before = expected;
  }
  EXPECT_EQ(expected_purchases(cdnow_model, {3, 20, 30}, 0), 0);
  EXPECT_GT(chance_active(cdnow_model, {3, 30, 30}), chance_active(cdnow_model, {3, 20, 30}));
  EXPECT_GT(chance_active(cdnow_model, {3, 20, 30}), chance_active(cdnow_model, {30, 20, 30}));
}

TEST(buying, too_little_data_is_said_by_name) {
  EXPECT_EQ(fit_buying({}).status, Status::no_data);
  EXPECT_EQ(fit_buying(std::vector<Buyer>{{0, 0, 10}, {0, 0, 20}}).status, Status::insufficient_data);
  EXPECT_EQ(fit_buying(std::vector<Buyer>{{1, 0, 0}}).status, Status::insufficient_data);
  for (const Buyer& impossible :
       {Buyer{-1, 0, 3}, Buyer{1, -1, 3}, Buyer{1, 4, 3}, Buyer{1, 1, infinity}, Buyer{0, 1, 3}})
    EXPECT_EQ(fit_buying(std::vector<Buyer>{{1, 2, 3}, impossible}).status, Status::insufficient_data);
}

// As for buying, three starts.
TEST(spending, fit_is_the_maximum_of_the_likelihood) {
  const SpendingFit fit = fit_spending(few_spenders);
  ASSERT_EQ(fit.status, Status::ok);
  EXPECT_NEAR(fit.model.p, 0.7172272, 1e-6);
  EXPECT_NEAR(fit.model.q, 4.527781, 2e-5);
  EXPECT_NEAR(fit.model.v, 101.14056, 5e-4);
  EXPECT_NEAR(fit.log_likelihood, -100.90808751643593, 1e-9);
}

TEST(spending, a_currency_moves_v_alone) {
  std::vector<Spender> in_cents = few_spenders;
  for (Spender& spender : in_cents) spender.mean *= 100;
  EXPECT_NEAR(fit_spending(in_cents).model.p, fit_spending(few_spenders).model.p, 1e-6);
  EXPECT_NEAR(fit_spending(in_cents).model.v / 100, fit_spending(few_spenders).model.v, 1e-3);
}

// Fader and Hardie 2013: p 6.25, q 3.74, v 15.44 on the 946 who came back; digits of the data's own record.
TEST(spending, cdnow) {
  const std::vector<Customer> customers = cdnow();
  if (customers.empty()) GTEST_SKIP() << "no shared data: set TOUCHSTONE_SHARED";
  std::vector<Spender> spenders;
  for (const Customer& customer : customers) spenders.push_back({customer.buyer.repeats, customer.mean_spend});
  const SpendingFit fit = fit_spending(spenders);
  EXPECT_EQ(fit.customers, 946U);
  EXPECT_NEAR(fit.model.p, 6.248801768468051, 1e-4);
  EXPECT_NEAR(fit.model.q, 3.7445883946011302, 1e-4);
  EXPECT_NEAR(fit.model.v, 15.447749250213501, 1e-3);
  EXPECT_NEAR(fit.log_likelihood, -4055.92324350286, 1e-6);
}

// lifetimes 0.11.3, conditional_expected_average_profit at cdnow's parameters.
TEST(spending, what_a_purchase_to_come_brings) {
  const SpendingModel model{6.248801768468051, 3.7445883946011302, 15.447749250213501};
  EXPECT_NEAR(expected_amount(model, {}), 35.17100161, 1e-8);
  EXPECT_NEAR(expected_amount(model, {1, 23.72}), 27.21459832, 1e-8);
  EXPECT_NEAR(expected_amount(model, {2, 11.77}), 15.98370612, 1e-8);
  EXPECT_NEAR(expected_amount(model, {7, 28.74}), 29.1196923, 1e-7);
  EXPECT_EQ(expected_amount({1, 0.5, 3}, {}), infinity);
}

TEST(spending, too_little_data_is_said_by_name) {
  EXPECT_EQ(fit_spending({}).status, Status::no_data);
  EXPECT_EQ(fit_spending(std::vector<Spender>{{0, 0}, {2, 0}, {1, 5}}).status, Status::insufficient_data);
  EXPECT_EQ(fit_spending(std::vector<Spender>{{0, 0}, {2, 0}, {1, 5}}).customers, 1U);
}

// Everybody alike: the larger the parameters, the likelier, without end.
TEST(lifetime_value, a_likelihood_without_a_maximum_is_said_by_name) {
  EXPECT_EQ(fit_spending(std::vector<Spender>(50, {3, 10})).status, Status::not_converged);
}

}  // namespace
}  // namespace touchstone::stats
