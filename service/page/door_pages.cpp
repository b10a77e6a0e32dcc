#include "service/page/door_pages.hpp"

#include "service/page/frame.hpp"

namespace touchstone::page {
namespace {

std::string notice(std::string_view title, const Markup& content) {
  return framed(title, element("section", {{"class", "notice"}}, element("h1", {}, title) + content));
}

Markup link_to_list(std::string_view text) { return element("a", {{"href", "/"}}, text); }

}  // namespace

std::string locked_page() {
  return notice("This page needs a signed-in browser",
                element("p", {},
                        text_node("On the machine that runs the service, ") + element("code", {}, "touchstone link") +
                            text_node(" prints a link. Open it in this browser, once.")));
}

std::string setup_page() {
  return notice("Sign in to Touchstone",
                element("p", {},
                        "This link works once: it makes an administrator's key, shows it once, and signs this browser "
                        "in.") +
                    element("form", {{"method", "post"}}, element("button", {}, "Sign in")));
}

std::string welcome_page(std::string_view key) {
  return notice(
      "This browser is signed in",
      element("p", {{"class", "toggle"}}, link_to_list("See the experiments")) +
          element("p", {}, "The administrator's key, for use outside the browser; nobody can show it again:") +
          element("pre", {{"tabindex", "0"}}, element("code", {}, key)));
}

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
