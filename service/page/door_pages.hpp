#pragma once

#include <string>
#include <string_view>

/// What a browser sees on its way in, and where there is nothing.
namespace touchstone::page {

/// Says how a browser is let in: answers whoever is not.
[[nodiscard]] std::string locked_page();

/// Behind a one-time link: offers the key, because whatever fetches a link to look at it must not use it up.
[[nodiscard]] std::string setup_page();

/// The key, shown once, to a browser that is signed in by now.
[[nodiscard]] std::string welcome_page(std::string_view key);

/// Says that there is no such experiment.
[[nodiscard]] std::string missing_page(std::string_view experiment);

/// Behind a link to a report that was taken back, has expired, or never was.
[[nodiscard]] std::string ended_page();

}  // namespace touchstone::page
