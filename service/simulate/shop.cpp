#include "service/simulate/shop.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <chrono>
#include <cmath>

#include "service/simulate/planted.hpp"
#include "service/simulate/random.hpp"

namespace touchstone::simulate {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;

constexpr std::array<std::string_view, 5> kCountries = {"DE", "FR", "NL", "GB", "US"};

struct Loyalty {
  std::string_view name;
  double visits;    // on average, after the first
  double purchase;  // once checkout has begun
  double trial;     // keeps what was tried
  std::string_view trial_kept;
};
constexpr std::array<Loyalty, 3> kLoyalties = {{{"new", 0.4, 0.68, 0.35, "trial_kept_by_new"},
                                                {"returning", 1.0, 0.76, 0, ""},
                                                {"loyal", 2.0, 0.82, 0.6, "trial_kept_by_loyal"}}};

constexpr double kView = 0.85;
constexpr double kBasket = 0.62;
constexpr double kCheckout = 0.8;
constexpr double kRefund = 0.06;
constexpr double kChurn = 0.2;
constexpr double kAnswer = 0.25;
constexpr double kRecommend = 7.4;
constexpr double kDay = 86400;

Micros time_of(double mean_seconds, Random& random) {
  return duration_cast<Micros>(std::chrono::duration<double>(random.exponential(mean_seconds)));
}

double cents(double amount) { return std::round(amount * 100.0) / 100.0; }

// One customer's life in the shop, event after event.
class Life {
 public:
  /// Between two steps of a visit pass `pace` seconds on average.
  Life(const ShopOptions& options, const Customer& who, const Sees& sees, double pace, storage::EventBatch& into)
      : options_(options),
        who_(who),
        sees_(sees),
        into_(into),
        loyalty_(*std::ranges::find(kLoyalties, who.loyalty, &Loyalty::name)),
        unit_{"user", into.text.keep(who.id)},
        random_(options.seed ^ 0x5A5A5A5AULL, who.number),
        pace_(pace),
        now_(who.arrives) {}

  void season() {
    const auto first = into_.events.size();
    const auto visits = 1 + static_cast<int>(random_.exponential(loyalty_.visits));
    for (int i = 0; i < visits && now_ < ends(options_); ++i) {
      visit();
      now_ += time_of(6.0 * kDay, random_);
    }
    say_goodbye();
    forget_after(first, ends(options_));
  }

  void visit() {
    record("visit");
    meet(Touchpoint::landing);
    try_out();
    if (!happens(kView, &Effect::view)) return;
    record("product_view");
    meet(Touchpoint::product);
    if (!happens(kBasket, &Effect::basket)) return;
    record("add_to_cart");
    meet(Touchpoint::basket);
    if (random_.chance(kCheckout)) check_out();
  }

 private:
  void try_out() {
    if (loyalty_.trial == 0 || tried_) return;
    tried_ = true;
    meet(Touchpoint::trial);
    const bool is_new = loyalty_.name == "new";
    if (happens(loyalty_.trial, is_new ? &Effect::trial_new : &Effect::trial_loyal)) record(loyalty_.trial_kept);
  }

  void check_out() {
    meet(Touchpoint::checkout);
    if (!happens(loyalty_.purchase, &Effect::purchase)) return;
    const double amount = cents(random_.lognormal(42.0, 0.6));
    record("purchase", amount);
    bought_ = bought_.value_or(now_);
    if (!asked_ && random_.chance(kAnswer)) answer();
    if (!happens(kRefund, &Effect::refund)) return;
    now_ += time_of(pace_ * kDay / 10, random_);
    record("$refund", amount);
  }

  void answer() {
    asked_ = true;
    const double wanted = kRecommend + sum(&Effect::score) + 2.0 * random_.normal();
    const auto score = static_cast<int>(std::clamp(std::round(wanted), 0.0, 10.0));
    record("$survey");
    into_.events.back().attributes = into_.text.keep(
        "{\"max\":10,\"min\":0,\"question\":\"recommend\",\"score\":" + std::to_string(score) + ",\"survey\":\"nps\"}");
  }

  void say_goodbye() {
    if (!bought_ || !happens(kChurn, &Effect::churn)) return;
    now_ = std::max(now_, *bought_ + std::chrono::days(20)) + time_of(10.0 * kDay, random_);
    record("$churn");
  }

  /// An exposure is sent at the first meeting, as clients do that remember; a lost one is lost for good.
  void meet(Touchpoint touchpoint) {
    const auto planted = planted_experiments();
    for (std::size_t i = 0; i < planted.size(); ++i)
      if (planted[i].met_at == touchpoint && !met_[i] && now_ >= begins(options_, planted[i])) meet(i, planted[i]);
  }

  void meet(std::size_t i, const Planted& planted) {
    met_.set(i);
    const Seen seen = sees_(i);
    is_treated_.set(i, seen == Seen::treatment);
    const bool lost = is_treated_[i] && random_.chance(planted.effect.lost);
    if (seen != Seen::nothing && !lost) expose(planted, is_treated_[i]);
  }

  [[nodiscard]] bool happens(double probability, double Effect::*factor) {
    const auto planted = planted_experiments();
    for (std::size_t i = 0; i < planted.size(); ++i)
      if (is_treated_[i]) probability *= planted[i].effect.*factor;
    return random_.chance(std::min(1.0, probability));
  }

  [[nodiscard]] double sum(double Effect::*what) const {
    double all = 0;
    const auto planted = planted_experiments();
    for (std::size_t i = 0; i < planted.size(); ++i)
      if (is_treated_[i]) all += planted[i].effect.*what;
    return all;
  }

  void expose(const Planted& planted, bool treated) {
    storage::Event& event = add(storage::EventType::exposure);
    event.experiment = planted.key;
    event.variant = treated ? planted.treatment : std::string_view{"control"};
  }

  void record(std::string_view name, std::optional<double> value = std::nullopt) {
    storage::Event& event = add(storage::EventType::event);
    event.name = name;
    event.value = value;
  }

  storage::Event& add(storage::EventType type) {
    now_ += Micros(1) + time_of(pace_, random_);
    storage::Event& event = into_.events.emplace_back();
    event.type = type;
    event.id = into_.text.keep(who_.id + "-" + std::to_string(count_++));
    event.unit = unit_;
    event.ts = now_;
    event.channel = "web";
    return event;
  }

  void forget_after(std::size_t first, Time end) {
    const auto from = into_.events.begin() + static_cast<std::ptrdiff_t>(first);
    into_.events.erase(std::ranges::lower_bound(from, into_.events.end(), end, {}, &storage::Event::ts),
                       into_.events.end());
  }

  const ShopOptions& options_;
  const Customer& who_;
  const Sees& sees_;
  storage::EventBatch& into_;
  const Loyalty& loyalty_;
  storage::UnitRef unit_;
  Random random_;
  double pace_;
  Time now_;
  int count_ = 0;
  bool tried_ = false;
  bool asked_ = false;
  std::optional<Time> bought_;
  std::bitset<64> met_, is_treated_;
};

}  // namespace

Customer customer(const ShopOptions& options, std::uint32_t number) {
  Random random(options.seed, number);
  std::string digits = std::to_string(number);
  digits.insert(0, 8 - std::min<std::size_t>(8, digits.size()), '0');
  const double loyalty = random.uniform();
  const auto span = duration_cast<Micros>(hours(24) * options.days);
  return {.number = number,
          .id = "cust_" + digits,
          .country = kCountries[random.below(kCountries.size())],
          .loyalty = kLoyalties[loyalty < 0.5   ? 0
                                : loyalty < 0.8 ? 1
                                                : 2]
                         .name,
          .arrives = options.opens +
                     Micros(static_cast<std::int64_t>(random.uniform() * 0.97 * static_cast<double>(span.count())))};
}

Time ends(const ShopOptions& options) { return options.opens + std::chrono::days(options.days); }

Time begins(const ShopOptions& options, const Planted& planted) {
  return planted.runs_since == 0 ? options.opens : ends(options) - std::chrono::days(planted.runs_since);
}

void live(const ShopOptions& options, const Customer& who, const Sees& sees, storage::EventBatch& into) {
  Life(options, who, sees, 20.0, into).season();
}

void visit(const ShopOptions& options, const Customer& who, const Sees& sees, storage::EventBatch& into) {
  Life(options, who, sees, 0.001, into).visit();
}

}  // namespace touchstone::simulate
