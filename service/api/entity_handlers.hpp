#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "service/api/call.hpp"
#include "service/api/cursor.hpp"
#include "service/api/errors.hpp"
#include "service/api/query.hpp"
#include "service/app/entity.hpp"
#include "service/app/revision.hpp"
#include "service/codec/json_writer.hpp"

/// What the resources of the catalogue have in common.
namespace touchstone::api {

template <class T>
using Apply = Status (*)(app::Revision&, T);

/// The document as the revision leaves it.
template <class T>
Result<http::Response> answer_revised(const app::Revision& revision, std::string_view key, int status) {
  const auto value = revision.find<T>(key);
  if (!value) return value.error();
  return document(app::Entity<T>::write(*value), value->version, status);
}

/// Makes a change and answers with what it made: `edit` is a Result<http::Response>(app::Revision&). Where `once` wants
/// it, the answer is stored together with the change.
template <class Edit>
Result<http::Response> revise(Context& context, const fast::Caller& caller, const storage::Actor& by, const Once& once,
                              Edit&& edit) {
  http::Response answer;
  auto done = context.service.change(caller.environment, by, [&](app::Revision& revision) -> Status {
    auto made = edit(revision);
    if (!made) return made.error();
    answer = std::move(*made);
    if (once) revision.attach(once.keep(answer, by.at));
    return ok();
  });
  if (!done) return done.error();
  return answer;
}

/// 412 says which version is current.
template <class T>
Result<http::Response> stale(Context& context, const http::Request& request, const fast::Caller& caller,
                             const Error& error) {
  const auto agreed = context.service.agreed(caller.environment);
  const auto& all = (*agreed).*app::Entity<T>::all;
  const auto found = all.find(request.path_params[0]);
  if (error.code != ErrorCode::precondition || found == all.end()) return error;
  auto response = problem(error, request.request_id);
  response.headers.emplace_back("ETag", etag_of(found->second.version));
  return response;
}

/// The same for a change of one thing that exists: `edit` is a Status(app::Revision&, const T& current).
template <class T, class Edit>
Result<http::Response> revise_one(Context& context, const http::Request& request, const fast::Caller& caller,
                                  const storage::Actor& by, const Once& once, Edit&& edit) {
  const auto key = request.path_params[0];
  auto answer = revise(context, caller, by, once, [&](app::Revision& revision) -> Result<http::Response> {
    const auto current = revision.find<T>(key);
    if (!current) return current.error();
    if (auto seen = check_seen(request, current->version); !seen) return seen.error();
    if (auto edited = edit(revision, *current); !edited) return edited.error();
    return answer_revised<T>(revision, key, 200);
  });
  return answer ? std::move(answer) : stale<T>(context, request, caller, answer.error());
}

/// `add` is a Status(app::Revision&, T).
template <class T, class Add>
Result<http::Response> create(Context& context, const http::Request& request, const fast::Caller& caller,
                              const Once& once, Add&& add) {
  auto value = app::Entity<T>::read_new(request.body);
  if (!value) return value.error();
  const std::string key = value->key;
  return revise(context, caller, actor_of(context, caller), once,
                [&](app::Revision& revision) -> Result<http::Response> {
                  if (auto added = add(revision, std::move(*value)); !added) return added.error();
                  auto answer = answer_revised<T>(revision, key, 201);
                  if (answer) answer->headers.emplace_back("Location", std::string(request.path) + "/" + key);
                  return answer;
                });
}

template <class T>
Result<http::Response> show(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto agreed = context.service.agreed(caller.environment);
  const auto& all = (*agreed).*app::Entity<T>::all;
  const auto found = all.find(request.path_params[0]);
  if (found == all.end()) return app::no_such(app::Entity<T>::word, request.path_params[0]);
  return tagged(app::Entity<T>::write(found->second), etag_of(found->second.version), request);
}

template <class T>
Result<http::Response> change(Context& context, const http::Request& request, const fast::Caller& caller,
                              Apply<T> apply) {
  const auto query = Query::read(request.query);
  if (!query) return query.error();
  auto reason = query->reason();
  if (!reason) return reason.error();
  return revise_one<T>(context, request, caller, actor_of(context, caller, *std::move(reason)), Once(),
                       [&](app::Revision& revision, const T& current) -> Status {
                         auto wanted = app::Entity<T>::read_change(request.body, current);
                         if (!wanted) return wanted.error();
                         return apply(revision, std::move(*wanted));
                       });
}

/// `{"items": [documents], "next": cursor}`, ascending by key: at most `limit`, after the page that ended at `after`,
/// archived ones only where asked for. No `next` on the last page. Its ETag is the version of the configuration.
template <class T>
Result<http::Response> list(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto page = read_page(request.query);
  if (!page) return page.error();
  const auto agreed = context.service.agreed(caller.environment);
  const auto& all = (*agreed).*app::Entity<T>::all;
  const auto hidden = [&page](const auto& entry) {
    return app::Entity<T>::archived(entry.second) && !page->query.flag("archived");
  };
  const auto next = [&all, &hidden](auto at) {
    while (at != all.end() && hidden(*at)) ++at;
    return at;
  };
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  std::string_view last;
  auto at = next(page->after.empty() ? all.begin() : all.upper_bound(page->after));
  for (std::uint64_t shown = 0; at != all.end() && shown < page->limit; ++shown) {
    out.raw(app::Entity<T>::write(at->second));
    last = at->first;
    at = next(std::next(at));
  }
  out.end_array();
  if (at != all.end()) out.key("next").text(cursor_of(last));
  out.end_object();
  return tagged(std::move(text), etag_of(agreed->config_version), request);
}

}  // namespace touchstone::api
