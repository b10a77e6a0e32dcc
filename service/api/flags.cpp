#include "service/api/entity_handlers.hpp"
#include "service/api/handlers.hpp"
#include "service/app/definitions.hpp"

namespace touchstone::api {

Result<http::Response> create_flag(Context& context, const http::Request& request, const fast::Caller& caller,
                                   const Once& once) {
  return create<storage::Flag>(context, request, caller, once, app::add_flag);
}

Result<http::Response> list_flags(Context& context, const http::Request& request, const fast::Caller& caller) {
  return list<storage::Flag>(context, request, caller);
}

Result<http::Response> show_flag(Context& context, const http::Request& request, const fast::Caller& caller) {
  return show<storage::Flag>(context, request, caller);
}

Result<http::Response> change_flag(Context& context, const http::Request& request, const fast::Caller& caller) {
  return change<storage::Flag>(context, request, caller, app::change_flag);
}

}  // namespace touchstone::api
