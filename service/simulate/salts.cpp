#include "service/simulate/salts.hpp"

#include <memory>
#include <string_view>

#include "service/simulate/random.hpp"

namespace touchstone::simulate {

std::function<std::string()> seeded_salts(std::uint64_t seed) {
  // Copies share one stream, so that no two salts are the same.
  return [random = std::make_shared<Random>(seed, 0x5A17)] {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    std::string salt(23, '\0');
    for (char& c : salt) c = alphabet[random->below(alphabet.size())];
    return salt;
  };
}

}  // namespace touchstone::simulate
