#include "service/page/frame.hpp"

#include <page/assets.hpp>

namespace touchstone::page {
namespace {

Markup style_of(Styled styled) {
  if (styled == Styled::linked)
    return empty_element("link", {{"rel", "stylesheet"}, {"href", std::string(style_path)}});
  return empty_element("meta", {{"http-equiv", "Content-Security-Policy"},
                                {"content", "default-src 'none'; style-src 'unsafe-inline'"}}) +
         Markup{"<style>" + std::string(style_sheet()) + "</style>"};
}

Markup head(std::string_view title, Styled styled) {
  return element("head", {},
                 empty_element("meta", {{"charset", "utf-8"}}) +
                     empty_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
                     empty_element("meta", {{"name", "color-scheme"}, {"content", "light dark"}}) +
                     element("title", {}, title) + style_of(styled));
}

}  // namespace

std::string_view style_sheet() noexcept { return assets::page::style; }

std::string framed(std::string_view title, const Markup& content, Styled styled) {
  const auto document =
      element("html", {{"lang", "en"}}, head(title, styled) + element("body", {}, element("main", {}, content)));
  return "<!doctype html>\n" + document.text + "\n";
}

}  // namespace touchstone::page
