#include "service/page/watched_text.hpp"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

std::string instant(Time at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

}  // namespace

std::string watched_text(const judge::AlwaysValid& watched) {
  std::string text = watched.method;
  if (watched.log10_e)
    text += fmt::format("; e-values 10^{:.2f} above control, 10^{:.2f} below", (*watched.log10_e)[0],
                        (*watched.log10_e)[1]);
  if (watched.until) text += "; units who entered before " + instant(*watched.until);
  if (watched.immature_units.value_or(0) > 0)
    text += fmt::format("; {} more not judged yet", grouped(*watched.immature_units));
  if (watched.decided_at) text += "; decided on those before " + instant(*watched.decided_at);
  return text;
}

}  // namespace touchstone::page
