#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/definitions.hpp"

namespace touchstone::api {

Result<http::Response> create_layer(Context& context, const http::Request& request, const fast::Caller& caller,
                                    const Once& once) {
  return create<storage::Layer>(context, request, caller, once, app::add_layer);
}

Result<http::Response> list_layers(Context& context, const http::Request& request, const fast::Caller& caller) {
  return list<storage::Layer>(context, request, caller);
}

Result<http::Response> show_layer(Context& context, const http::Request& request, const fast::Caller& caller) {
  return show<storage::Layer>(context, request, caller);
}

Result<http::Response> change_layer(Context& context, const http::Request& request, const fast::Caller& caller) {
  return change<storage::Layer>(context, request, caller, app::change_layer);
}

}  // namespace touchstone::api
