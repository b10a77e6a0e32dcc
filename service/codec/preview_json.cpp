#include "service/codec/preview_json.hpp"

#include <algorithm>

#include "service/codec/duration_field.hpp"
#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

bool graphic(std::string_view text) {
  for (const char c : text)
    if (c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>') return false;
  return true;
}

bool read_page(const Field& field, std::string& into) {
  const auto text = field.value().text().value_or("");
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  if (!web || text.size() > 2'000 || !graphic(text))
    return field.fail("must be the address of a page", "send \"https://shop.example/cart\"");
  into = text;
  return true;
}

/// Before a fragment, behind what the query says already.
std::string with_parameter(std::string_view page, std::string_view token) {
  const auto fragment = std::min(page.find('#'), page.size());
  std::string link(page.substr(0, fragment));
  link += link.find('?') == std::string::npos ? '?' : '&';
  link.append(kPreviewParameter).append("=").append(token).append(page.substr(fragment));
  return link;
}

}  // namespace

Result<PreviewRequest> read_preview_request(std::string_view json) {
  return read_document(json, PreviewRequest{}, [](const Field& field, PreviewRequest& request) {
    ObjectReader in(field);
    in.required("experiment", request.experiment, read_key);
    in.required("variant", request.variant, read_key);
    in.nullable("expires_in", request.expires_in, Duration{"24h"});
    in.optional("page", request.page, read_page);
    in.finish();
  });
}

std::string write_preview_link(std::string_view token, Time expires, std::string_view page) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("token").text(token).key("expires_at").text(time_text(expires));
  if (!page.empty()) out.key("link").text(with_parameter(page, token));
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
