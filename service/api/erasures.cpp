#include "service/app/erasures.hpp"

#include <string>

#include "service/api/handlers.hpp"
#include "service/api/query.hpp"

namespace touchstone::api {

namespace {

struct Asked {
  storage::UnitName unit;
  bool linked = false;
};

Result<Asked> read_asked(const http::Request& request) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  const auto type = query->text("unit_type");
  return Asked{{std::string(type.empty() ? "user" : type), std::string(query->text("unit"))}, query->flag("linked")};
}

}  // namespace

Result<http::Response> erase_unit(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto asked = read_asked(request);
  if (!asked) return asked.error();
  auto certificate =
      app::erase_unit(context.service, caller.environment, asked->unit, asked->linked, actor_of(context, caller));
  if (!certificate) return certificate.error();
  return json(std::move(*certificate));
}

Result<http::Response> show_erasure(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto asked = read_asked(request);
  if (!asked) return asked.error();
  auto certificate = app::erasure_certificate(context.service, caller.environment, asked->unit);
  if (!certificate) return certificate.error();
  return json(std::move(*certificate));
}

Result<http::Response> lift_erasure(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto asked = read_asked(request);
  if (!asked) return asked.error();
  auto lifted = app::lift_erasure(context.service, caller.environment, asked->unit, actor_of(context, caller));
  if (!lifted) return lifted.error();
  return json("", 204);
}

}  // namespace touchstone::api
