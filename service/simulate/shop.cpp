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
using std::chrono::seconds;

constexpr std::array<std::string_view, 5> kCountries = {"DE", "FR", "NL", "GB", "US"};

struct Loyalty {
  std::string_view name;
  double visits;    // on average, after the first
  double purchase;  // given a filled basket
};
constexpr std::array<Loyalty, 3> kLoyalties = {{{"new", 0.5, 0.30}, {"returning", 1.2, 0.42}, {"loyal", 2.5, 0.55}}};

constexpr double kView = 0.62;
constexpr double kBasket = 0.45;
constexpr double kRefund = 0.06;

Micros time_of(double mean_seconds, Random& random) {
  return duration_cast<Micros>(std::chrono::duration<double>(random.exponential(mean_seconds)));
}

double cents(double amount) { return std::round(amount * 100.0) / 100.0; }

// One customer's life in the shop, event after event.
class Life {
 public:
  Life(const ShopOptions& options, const Customer& who, const Treated& treated, storage::EventBatch& into)
      : who_(who),
        treated_(treated),
        into_(into),
        unit_{"user", into.text.keep(who.id)},
        random_(options.seed ^ 0x5A5A5A5AULL, who.number),
        from_(into.events.size()),
        now_(who.arrives),
        ends_(options.opens + std::chrono::days(options.days)) {}

  void run() {
    const Loyalty& loyalty = *std::ranges::find(kLoyalties, who_.loyalty, &Loyalty::name);
    const auto visits = 1 + static_cast<int>(random_.exponential(loyalty.visits));
    for (int i = 0; i < visits && now_ < ends_; ++i) {
      visit(loyalty);
      now_ += time_of(6.0 * 86400, random_);
    }
    const auto first = into_.events.begin() + static_cast<std::ptrdiff_t>(from_);
    const auto late = std::ranges::lower_bound(first, into_.events.end(), ends_, {}, &storage::Event::ts);
    into_.events.erase(late, into_.events.end());
  }

 private:
  void visit(const Loyalty& loyalty) {
    record("visit");
    meet(Touchpoint::landing);
    if (!random_.chance(std::min(1.0, kView * factor(&Effect::view)))) return;
    meet(Touchpoint::search);
    record("product_view");
    if (!random_.chance(kBasket)) return;
    meet(Touchpoint::basket);
    record("add_to_cart");
    if (!random_.chance(std::min(1.0, loyalty.purchase * factor(&Effect::purchase)))) return;
    const double amount = cents(random_.lognormal(42.0, 0.6));
    record("purchase", amount);
    if (!random_.chance(std::min(1.0, kRefund * factor(&Effect::refund)))) return;
    now_ += time_of(2.0 * 86400, random_);
    record("$refund", amount);
  }

  // An exposure is sent at each meeting, as real clients do; a lost one is lost for good.
  void meet(Touchpoint touchpoint) {
    const auto planted = planted_experiments();
    for (std::size_t i = 0; i < planted.size(); ++i) {
      if (planted[i].met_at != touchpoint) continue;
      if (!met_[i]) {
        met_.set(i);
        is_treated_.set(i, treated_(i));
        lost_.set(i, is_treated_[i] && random_.chance(planted[i].effect.lost));
      }
      if (!lost_[i]) expose(planted[i], is_treated_[i]);
    }
  }

  [[nodiscard]] double factor(double Effect::*what) const {
    double product = 1.0;
    const auto planted = planted_experiments();
    for (std::size_t i = 0; i < planted.size(); ++i)
      if (met_[i] && is_treated_[i]) product *= planted[i].effect.*what;
    return product;
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
    now_ += seconds(1) + time_of(20.0, random_);
    storage::Event& event = into_.events.emplace_back();
    event.type = type;
    event.id = into_.text.keep(who_.id + "-" + std::to_string(count_++));
    event.unit = unit_;
    event.ts = now_;
    event.channel = "web";
    return event;
  }

  const Customer& who_;
  const Treated& treated_;
  storage::EventBatch& into_;
  storage::UnitRef unit_;
  Random random_;
  std::size_t from_;
  Time now_;
  Time ends_;
  int count_ = 0;
  std::bitset<64> met_, is_treated_, lost_;
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
                     Micros(static_cast<std::int64_t>(random.uniform() * 0.85 * static_cast<double>(span.count())))};
}

void live(const ShopOptions& options, const Customer& who, const Treated& treated, storage::EventBatch& into) {
  Life(options, who, treated, into).run();
}

}  // namespace touchstone::simulate
