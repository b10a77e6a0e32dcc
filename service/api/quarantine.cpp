#include "service/app/quarantine.hpp"

#include <array>
#include <string>

#include "service/api/cursor.hpp"
#include "service/api/handlers.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/quarantine_json.hpp"

namespace touchstone::api {

namespace {

std::string write_replayed(const std::vector<app::Replayed>& replayed) {
  std::array<std::uint64_t, 4> counts{};  // in the order of EventVerdict
  for (const auto& one : replayed) ++counts.at(static_cast<std::size_t>(one.verdict.verdict));
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("stored").natural(counts[0]).key("duplicate").natural(counts[1]);
  out.key("quarantined").natural(counts[2]).key("items").begin_array();
  for (const auto& one : replayed)
    out.begin_object().key("id").natural(one.id).key("verdict").text(codec::name_of(one.verdict.verdict)).end_object();
  out.end_array().end_object();
  return text;
}

}  // namespace

Result<http::Response> list_quarantined(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto page = read_numbered_page(request.query);
  if (!page) return page.error();
  auto aside = context.service.ask([&](const storage::Catalogue& catalogue) {
    return catalogue.quarantined(caller.environment, page->after, static_cast<std::uint32_t>(page->limit) + 1);
  });
  if (!aside) return aside.error();
  const bool more = aside->size() > page->limit;
  if (more) aside->pop_back();
  std::string text;
  codec::JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& one : *aside) codec::write_quarantined(out, one, storage::kFurthestAhead);
  out.end_array();
  if (more) out.key("next").text(cursor_of(std::to_string(aside->back().id)));
  out.end_object();
  return json(std::move(text));
}

Result<http::Response> replay_quarantined(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto asked = codec::read_replay_request(request.body);
  if (!asked) return asked.error();
  const auto replayed = app::replay_quarantined(context.service, caller.environment, asked->ids, asked->earlier);
  if (!replayed) return replayed.error();
  return json(write_replayed(*replayed));
}

}  // namespace touchstone::api
