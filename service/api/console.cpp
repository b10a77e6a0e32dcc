#include <algorithm>
#include <string>

#include "service/api/handlers.hpp"
#include "service/api/page.hpp"
#include "service/codec/digest.hpp"
#include "service/console/assets.hpp"
#include "service/page/console_page.hpp"
#include "service/page/frame.hpp"

namespace touchstone::api {

namespace {

/// For as long as the service runs it stays the same, and no longer.
http::Response style_sheet(const http::Request& request) {
  static const std::string etag = '"' + codec::digest_of(page::style_sheet()) + '"';
  auto response = tagged(std::string(page::style_sheet()), etag, request);
  response.content_type = "text/css; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

/// Always as gzip, which every browser that can run it reads.
http::Response kept_for_ever(const console::Asset& asset, const http::Request& request) {
  auto response = tagged(std::string(asset.gzip), '"' + std::string(asset.name) + '"', request);
  response.content_type = asset.media;
  response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace

std::string asset_address(std::string_view name, std::string_view ending) {
  const auto all = console::assets();
  const auto found = std::ranges::find_if(
      all, [&](const auto& asset) { return asset.name.starts_with(name) && asset.name.ends_with(ending); });
  return found == all.end() ? std::string() : "/assets/" + std::string(found->name);
}

Result<http::Response> show_console(Context&, const http::Request&, const fast::Caller&) {
  const page::ConsoleFiles files{asset_address("console-", ".js"), asset_address("console-", ".css")};
  if (files.script.empty()) return html(page::console_missing_page());
  auto response = html(page::console_page(files));
  response.headers.front().second = page::console_content_security_policy;
  return response;
}

Result<http::Response> show_asset(Context&, const http::Request& request, const fast::Caller&) {
  const auto name = request.path_params[0];
  if (name == "style.css") return style_sheet(request);
  const auto all = console::assets();
  const auto found = std::ranges::find(all, name, &console::Asset::name);
  if (found != all.end()) return kept_for_ever(*found, request);
  return Error{ErrorCode::not_found, "no such file", "",
               "The page that names it may be older than the service: load it again."};
}

}  // namespace touchstone::api
