#include "service/simulate/planted.hpp"

#include <algorithm>

namespace touchstone::simulate {

std::span<const ShopMetric> shop_metrics() {
  static constexpr std::array kAll = {
      ShopMetric{.key = "purchase", .kind = "proportion", .event = "purchase"},
      ShopMetric{.key = "purchase-same-day", .kind = "proportion", .event = "purchase", .window = "1d"},
      ShopMetric{.key = "purchase-first-week", .kind = "proportion", .event = "purchase", .window = "7d"},
      ShopMetric{.key = "product-view", .kind = "proportion", .event = "product_view"},
      ShopMetric{.key = "basket", .kind = "proportion", .event = "add_to_cart"},
      ShopMetric{.key = "trial-kept-by-new", .kind = "proportion", .event = "trial_kept_by_new"},
      ShopMetric{.key = "trial-kept-by-loyal", .kind = "proportion", .event = "trial_kept_by_loyal"},
      ShopMetric{.key = "would-recommend",
                 .kind = "score",
                 .event = "$survey",
                 .property = "score",
                 .more = R"("score":{"as":"nps"},"filter":[["survey","is","nps"]])"},
      ShopMetric{.key = "came-back", .kind = "retention", .event = "visit", .window = "14d", .delay = "1d"},
      ShopMetric{.key = "refund", .kind = "proportion", .event = "$refund", .direction = "decrease"},
      ShopMetric{.key = "account-closed", .kind = "proportion", .event = "$churn", .direction = "decrease"},
  };
  return kAll;
}

std::span<const Planted> planted_experiments() {
  static constexpr std::array kAll = {
      Planted{.key = "shorter-checkout",
              .name = "Shorter checkout",
              .hypothesis = "We believe that fewer steps raise completed purchases, because each step loses customers.",
              .treatment = "one-page",
              .met_at = Touchpoint::checkout,
              .effect = {.purchase = 1.04},
              .goal = "purchase-same-day",
              .guardrails = {{{"refund", 0.4}}},
              .smallest_effect = 0.01,
              .truth = "4 % more purchases on the day; nothing else changes.",
              .lesson = "A clear gain that harms nothing: ship it.",
              .verdict = "ship"},
      Planted{.key = "coupon-popup",
              .name = "Coupon pop-up",
              .hypothesis = "We believe that a coupon at the door raises purchases.",
              .treatment = "coupon",
              .met_at = Touchpoint::landing,
              .effect = {.basket = 1.06, .refund = 1.8, .score = -0.5},
              .goal = "purchase-same-day",
              .guardrails = {{{"would-recommend", 3}, {"refund", 0.1}, {"came-back", 0.05}}},
              .smallest_effect = 0.01,
              .truth =
                  "6 % more purchases on the day; 80 % more refunds, and half a point less when customers are asked "
                  "whether they recommend the shop.",
              .lesson = "A gain that harms customers is for people to weigh.",
              .verdict = "trade_off"},
      Planted{.key = "hero-image",
              .name = "New hero image",
              .hypothesis = "We believe that a warmer picture makes more visitors look at a product.",
              .treatment = "warm",
              .met_at = Touchpoint::landing,
              .goal = "product-view",
              .smallest_effect = 0.02,
              .truth = "It changes nothing.",
              .lesson = "No meaningful difference is an answer too: take the cheaper one.",
              .verdict = "no_difference"},
      Planted{.key = "faster-search",
              .name = "Faster search",
              .hypothesis = "We believe that faster answers make more visitors buy.",
              .treatment = "fast",
              .met_at = Touchpoint::product,
              .effect = {.lost = 0.07},
              .goal = "purchase",
              .smallest_effect = 0.03,
              .truth = "It changes nothing, but a redirect loses 7 % of its customers.",
              .lesson = "A broken split must not be believed, whatever its figures say.",
              .verdict = "do_not_trust"},
      Planted{.key = "trial-length",
              .name = "Longer free trial",
              .hypothesis = "We believe that thirty days instead of seven make more customers stay.",
              .treatment = "thirty-days",
              .met_at = Touchpoint::trial,
              .effect = {.trial_new = 1.15, .trial_loyal = 0.75},
              .goal = "trial-kept-by-new",
              .guardrails = {{{"trial-kept-by-loyal", 0.02}}},
              .smallest_effect = 0.02,
              .truth = "15 % more new customers stay, and 25 % fewer loyal ones.",
              .lesson = "Different customers have different winners; an average would have hidden both.",
              .verdict = "trade_off"},
      Planted{.key = "price-framing",
              .name = "Price per day",
              .hypothesis = "We believe that a price per day looks smaller and sells more.",
              .treatment = "per-day",
              .met_at = Touchpoint::product,
              .effect = {.basket = 1.08, .churn = 1.4},
              .goal = "purchase-first-week",
              .guardrails = {{{"account-closed", 0.05}}},
              .smallest_effect = 0.01,
              .truth = "8 % more purchases a visit, and 40 % more closed accounts in the two months after.",
              .lesson = "A gain in the first week can cost more later: measure both.",
              .verdict = "trade_off"},
      Planted{.key = "same-checkout",
              .name = "A/A: checkout against itself",
              .hypothesis = "Both variants are the same; whatever differs is chance.",
              .treatment = "copy",
              .met_at = Touchpoint::basket,
              .goal = "purchase",
              .smallest_effect = 0.05,
              .truth = "Both variants are the same.",
              .lesson = "This is what chance alone looks like.",
              .verdict = "no_difference"},
      Planted{.key = "recommender",
              .name = "Recommendations on the product page",
              .hypothesis = "We believe that a look at similar products fills more baskets.",
              .treatment = "similar",
              .met_at = Touchpoint::product,
              .effect = {.basket = 1.02},
              .goal = "basket",
              .guardrails = {{{"refund", 0.25}}},
              .smallest_effect = 0.01,
              .runs_since = 10,
              .truth = "2 % more filled baskets a visit; nothing else changes.",
              .lesson = "A small effect takes time: look whenever you like, and keep running.",
              .verdict = "keep_running"},
  };
  return kAll;
}

const Planted* find_planted(std::string_view key) {
  const auto planted = planted_experiments();
  const auto found = std::ranges::find(planted, key, &Planted::key);
  return found == planted.end() ? nullptr : &*found;
}

}  // namespace touchstone::simulate
