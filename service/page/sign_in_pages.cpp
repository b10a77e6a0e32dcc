#include "service/page/sign_in_pages.hpp"

#include "service/page/frame.hpp"

namespace touchstone::page {
namespace {

constexpr std::string_view kPasswordHint = "At least 12 characters. A few words make a good one.";

struct Input {
  std::string_view name;
  std::string_view label;
  std::string_view type;
  std::string_view autocomplete;
  std::string value{};
  std::string_view hint{};
};

std::string notice(std::string_view title, const Markup& content) {
  return framed(title, element("section", {{"class", "notice"}}, element("h1", {}, title) + content));
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text += ".";
}

bool is_about(const Error* error, std::string_view name) {
  return error != nullptr && error->pointer.size() == name.size() + 1 && error->pointer.ends_with(name);
}

Markup field(const Input& input, const Error* error) {
  const std::string id(input.name);
  Attributes attributes{{"id", id},
                        {"name", id},
                        {"type", std::string(input.type)},
                        {"autocomplete", std::string(input.autocomplete)},
                        {"required", ""}};
  if (!input.value.empty()) attributes.emplace_back("value", input.value);
  std::string described = input.hint.empty() ? "" : id + "-hint";
  if (is_about(error, input.name)) {
    attributes.emplace_back("aria-invalid", "true");
    described.append(described.empty() ? "" : " ").append("wrong");
  }
  if (!described.empty()) attributes.emplace_back("aria-describedby", described);
  auto content = element("label", {{"for", id}}, input.label) + empty_element("input", attributes);
  if (!input.hint.empty()) content += element("p", {{"class", "soft"}, {"id", id + "-hint"}}, input.hint);
  return element("div", {{"class", "field"}}, content);
}

Markup trouble(const Error* error) {
  if (error == nullptr) return {};
  auto content = element("strong", {}, sentence(error->message));
  if (!error->hint.empty()) content += text_node(" " + error->hint);
  return element("p", {{"class", "trouble"}, {"id", "wrong"}, {"role", "alert"}}, content);
}

Markup form_of(const std::string& action, const Markup& fields, std::string_view button) {
  Attributes attributes{{"method", "post"}};
  if (!action.empty()) attributes.emplace_back("action", action);
  return element("form", attributes, fields + element("button", {}, button));
}

/// Shown, so that whoever keeps passwords keeps this one with it.
Markup fixed_email(const std::string& email) {
  return element(
      "div", {{"class", "field"}},
      element("label", {{"for", "email"}}, "E-mail") +
          empty_element(
              "input",
              {{"id", "email"}, {"type", "email"}, {"autocomplete", "username"}, {"readonly", ""}, {"value", email}}));
}

Input name_input(const std::string& name) { return {"name", "Name", "text", "name", name}; }
Input email_input(const std::string& email) { return {"email", "E-mail", "email", "username", email}; }
Input new_password() { return {"password", "Password", "password", "new-password", {}, kPasswordHint}; }

}  // namespace

std::string sign_in_page(const SignInForm& form) {
  const auto next = empty_element("input", {{"type", "hidden"}, {"name", "next"}, {"value", form.next}});
  const auto fields = next + field(email_input(form.email), form.error) +
                      field({"password", "Password", "password", "current-password"}, form.error);
  return notice(
      "Sign in to Touchstone",
      trouble(form.error) + form_of("/sign-in", fields, "Sign in") +
          element("p", {{"class", "soft"}}, "Forgotten? An administrator can send a link to choose another password."));
}

std::string setup_page(const PersonForm& form) {
  const auto fields = field(name_input(form.name), form.error) + field(email_input(form.email), form.error) +
                      field(new_password(), form.error);
  return notice("Set up Touchstone",
                element("p", {}, "You become its first administrator, who invites everybody else.") +
                    trouble(form.error) + form_of("", fields, "Begin"));
}

std::string join_page(const PersonForm& form, bool again) {
  auto fields = fixed_email(form.email);
  if (!again) fields += field(name_input(form.name), form.error);
  fields += field(new_password(), form.error);
  const auto about = again ? "Wherever you are signed in with the old one, you are signed out."
                           : "Choose the password that you will sign in with.";
  return notice(again ? "Choose another password" : "Join Touchstone",
                element("p", {}, about) + trouble(form.error) + form_of("", fields, again ? "Change it" : "Join"));
}

std::string used_link_page() {
  return notice("This link is of no use any more",
                element("p", {}, "It was used, has expired, or is not complete. An administrator can make another.") +
                    element("p", {{"class", "toggle"}}, element("a", {{"href", "/sign-in"}}, "Sign in")));
}

std::string demo_page() {
  return notice("Look at the demo",
                element("p", {}, "This link works once: it signs this browser in to the simulated shop.") +
                    form_of("", {}, "Sign in"));
}

std::string nobody_page() {
  return notice("Nobody can sign in yet",
                element("p", {},
                        text_node("On the machine that runs the service, ") + element("code", {}, "touchstone link") +
                            text_node(" prints a link that makes the first administrator.")));
}

std::string forbidden_page(const Error& error) {
  return notice("This page is not open to you",
                element("p", {}, sentence(error.message) + " " + error.hint) +
                    element("p", {{"class", "toggle"}}, element("a", {{"href", "/"}}, "See the experiments")));
}

}  // namespace touchstone::page
