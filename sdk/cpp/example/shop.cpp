// A shop that asks which checkout a customer sees, and tells when one buys:
//   shop http://127.0.0.1:8080 KEY CUSTOMER...

#include <chrono>
#include <cstdlib>
#include <iostream>

#include <sdk/cpp/client.hpp>

using namespace std::chrono_literals;
using namespace touchstone;

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: shop ADDRESS KEY CUSTOMER...\n";
    return EXIT_FAILURE;
  }
  sdk::Client client({.address = argv[1], .key = argv[2]});
  if (!client.wait_until_ready(5s)) {
    std::cerr << "no configuration: " << client.status().last_error << '\n';
    return EXIT_FAILURE;
  }
  for (int i = 3; i < argc; ++i) {
    const assign::Unit customer{"user", argv[i]};
    const assign::Attribute country{"country", "DE"};
    const auto checkout = client.json("checkout", {{&customer, 1}, {&country, 1}}, "null");
    std::cout << argv[i] << ": " << checkout.variant << " (" << name_of(checkout.reason) << ")\n";
    if (const auto told = client.track({.name = "purchase", .unit = customer, .value = 49.9}); !told)
      std::cerr << told.error().message << '\n';
  }
  const bool all_told = client.close(5s);
  std::cout << client.status().stored << " stored\n";
  return all_told ? EXIT_SUCCESS : EXIT_FAILURE;
}
