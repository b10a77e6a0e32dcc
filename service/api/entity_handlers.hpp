#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/api/call.hpp"
#include "service/api/query.hpp"
#include "service/app/entity.hpp"
#include "service/app/revision.hpp"
#include "service/codec/json_writer.hpp"

/// What the resources of the catalogue have in common.
namespace touchstone::api {

inline constexpr std::uint64_t largest_page = 1'000;

template <class T>
using Apply = Status (*)(app::Revision&, T);

/// The document as it is now.
template <class T>
Result<http::Response> answer_current(Context& context, const fast::Caller& caller, std::string_view key, int status) {
  const auto agreed = context.service.agreed(caller.environment);
  const auto& all = (*agreed).*app::Entity<T>::all;
  const auto found = all.find(key);
  if (found == all.end()) return app::no_such(app::Entity<T>::word, key);
  return document(app::Entity<T>::write(found->second), found->second.version, status);
}

template <class T>
Result<http::Response> create(Context& context, const http::Request& request, const fast::Caller& caller,
                              Apply<T> add) {
  auto value = app::Entity<T>::read_new(request.body);
  if (!value) return value.error();
  const std::string key = value->key;
  auto done = context.service.change(caller.environment, actor_of(context, caller),
                                     [&](app::Revision& revision) { return add(revision, std::move(*value)); });
  if (!done) return done.error();
  auto response = answer_current<T>(context, caller, key, 201);
  if (response) response->headers.emplace_back("Location", std::string(request.path) + "/" + key);
  return response;
}

template <class T>
Result<http::Response> show(Context& context, const http::Request& request, const fast::Caller& caller) {
  return answer_current<T>(context, caller, request.path_params[0], 200);
}

template <class T>
Result<http::Response> change(Context& context, const http::Request& request, const fast::Caller& caller,
                              Apply<T> apply) {
  const auto seen = seen_version(request.if_match);
  if (!seen) return seen.error();
  auto done =
      context.service.change(caller.environment, actor_of(context, caller), [&](app::Revision& revision) -> Status {
        const auto current = revision.find<T>(request.path_params[0]);
        if (!current) return current.error();
        if (auto same = app::check_version(*seen, current->version); !same) return same;
        auto wanted = app::Entity<T>::read_change(request.body, *current);
        if (!wanted) return wanted.error();
        return apply(revision, std::move(*wanted));
      });
  if (!done) return done.error();
  return show<T>(context, request, caller);
}

/// `{"items": [documents], "next": key}`, ascending by key: at most `limit`, after the key `after`, archived ones only
/// where asked for. No `next` on the last page.
template <class T>
Result<http::Response> list(Context& context, const http::Request& request, const fast::Caller& caller) {
  constexpr std::array<std::string_view, 3> known{"limit", "after", "archived"};
  const auto query = Query::read(request.query, known);
  if (!query) return query.error();
  const auto limit = query->number("limit", 100, largest_page);
  if (!limit) return limit.error();
  const auto agreed = context.service.agreed(caller.environment);
  const auto& all = (*agreed).*app::Entity<T>::all;
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  auto at = query->text("after").empty() ? all.begin() : all.upper_bound(query->text("after"));
  std::string_view last;
  for (std::uint64_t shown = 0; at != all.end() && shown < *limit; ++at) {
    if (app::Entity<T>::archived(at->second) && !query->flag("archived")) continue;
    out.raw(app::Entity<T>::write(at->second));
    last = at->first;
    ++shown;
  }
  out.end_array();
  if (at != all.end() && !last.empty()) out.key("next").text(last);
  out.end_object();
  return json(std::move(text));
}

}  // namespace touchstone::api
