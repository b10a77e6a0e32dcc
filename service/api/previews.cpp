#include "service/app/previews.hpp"

#include "service/api/handlers.hpp"
#include "service/codec/preview_json.hpp"

namespace touchstone::api {

Result<http::Response> create_preview_link(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto asked = codec::read_preview_request(request.body);
  if (!asked) return asked.error();
  app::WantedPreview wanted{asked->experiment, asked->variant};
  if (asked->expires_in) wanted.lifetime = *asked->expires_in;
  const auto made = app::make_preview(context.service, caller.environment, wanted);
  if (!made) return made.error();
  return json(codec::write_preview_link(made->token, made->expires, asked->page), 201);
}

}  // namespace touchstone::api
