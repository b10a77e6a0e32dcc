#include "tests/assign/quality/population.hpp"

#include <cmath>
#include <random>

#include "stats/distribution/gamma.hpp"

namespace touchstone::tests {
namespace {

std::string uuid(std::mt19937_64& random) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";
  for (char& c : text)
    if (c == 'x') c = digits[random() & 15U];
  return text;
}

std::string id_of(IdStyle style, std::size_t number, std::mt19937_64& random) {
  switch (style) {
    case IdStyle::counter:
      return std::to_string(1'000'000 + number);
    case IdStyle::user_counter:
      return "user-" + std::to_string(number);
    case IdStyle::uuid:
      return uuid(random);
    case IdStyle::mail:
      return "first.last" + std::to_string(number) + "@example.com";
  }
  return {};
}

}  // namespace

std::vector<std::string> population(IdStyle style, std::size_t count) {
  std::mt19937_64 random(20'261'122);
  std::vector<std::string> ids;
  ids.reserve(count);
  for (std::size_t i = 0; i < count; ++i) ids.push_back(id_of(style, i, random));
  return ids;
}

Band band(std::size_t n, double p) {
  constexpr double tail = 0.0005;
  Band result{0, n};
  const auto total = static_cast<double>(n);
  double log_chance = total * std::log1p(-p);  // of exactly k
  double below = 0;
  bool started = false;
  for (std::size_t k = 0; k <= n; ++k) {
    below += std::exp(log_chance);
    const auto count = static_cast<double>(k);
    log_chance += std::log((total - count) / (count + 1)) + std::log(p) - std::log1p(-p);
    if (!started && below > tail) {
      result.fewest = k;
      started = true;
    }
    if (below >= 1 - tail) {
      result.most = k;
      break;
    }
  }
  return result;
}

double fit(const std::vector<double>& observed, const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double difference = observed[i] - expected[i];
    sum += difference * difference / expected[i];
  }
  return stats::chi_square_upper(sum, static_cast<double>(observed.size() - 1)).p;
}

Association association(double n, double a, double b, double both) {
  const double phi = (n * both - a * b) / std::sqrt(a * (n - a) * b * (n - b));
  return {stats::chi_square_upper(n * phi * phi, 1).p, phi};
}

}  // namespace touchstone::tests
