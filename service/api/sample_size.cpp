#include "service/api/handlers.hpp"
#include "service/app/history.hpp"
#include "service/codec/sizing_json.hpp"

namespace touchstone::api {

Result<http::Response> size_up_experiment(Context& context, const http::Request& request, const fast::Caller& caller) {
  auto asked = codec::read_size_request(request.body);
  if (!asked) return asked.error();
  if (const auto taken = app::take_history(context.service, caller.environment, *asked); !taken) return taken.error();
  const auto sized = judge::size_up(*asked);
  if (!sized) return sized.error();
  return json(codec::write_sized(*asked, *sized));
}

}  // namespace touchstone::api
