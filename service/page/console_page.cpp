#include "service/page/console_page.hpp"

#include "service/page/frame.hpp"

namespace touchstone::page {

std::string console_page(const ConsoleFiles& files) {
  const auto style = empty_element("link", {{"rel", "stylesheet"}, {"href", files.style}});
  const auto script = element("script", {{"type", "module"}, {"src", files.script}}, "");
  const auto without_scripts = element("noscript", {}, "The console needs JavaScript; reports do not.");
  return framed("Console", style + script + element("div", {{"id", "console"}}, without_scripts));
}

std::string console_missing_page() {
  return framed(
      "No console",
      element("section", {{"class", "notice"}},
              element("h1", {}, "This program was built without its console") +
                  element("p", {}, "Building it takes npm (Debian: apt install nodejs npm); build again then.") +
                  element("p", {{"class", "toggle"}},
                          element("a", {{"href", "/docs"}}, "All that it does, the API does"))));
}

}  // namespace touchstone::page
