#include "service/page/door_pages.hpp"

#include "service/page/frame.hpp"

namespace touchstone::page {
namespace {

std::string notice(std::string_view title, const Markup& content) {
  return framed(title, element("section", {{"class", "notice"}}, element("h1", {}, title) + content));
}

Markup link_to_list(std::string_view text) { return element("a", {{"href", "/"}}, text); }

}  // namespace

std::string missing_page(std::string_view experiment) {
  return notice(
      "No such experiment",
      element("p", {}, text_node("No experiment has the key ") + element("code", {}, experiment) + text_node(".")) +
          element("p", {{"class", "toggle"}}, link_to_list("See those that there are")));
}

std::string ended_page() {
  return notice("This link shows nothing", element("p", {},
                                                   "It has expired, was taken back, or is not complete. "
                                                   "Whoever sent it can make another one."));
}

}  // namespace touchstone::page
