#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "assign/decide.hpp"
#include "assign/tables.hpp"
#include "service/api/errors.hpp"
#include "service/api/handlers.hpp"
#include "service/api/stream.hpp"
#include "service/codec/growthbook_json.hpp"

namespace touchstone::api {

namespace {

void let_subscribe(http::Response& response) { response.headers.emplace_back("X-SSE-Support", "enabled"); }

std::span<const std::string_view> variants_of(const assign::Snapshot& snapshot, std::string_view experiment) {
  const auto id = snapshot.experiment(experiment);
  if (!id) return {};
  const auto& tables = snapshot.tables();
  return tables.details[static_cast<std::uint32_t>(*id)].variants.of(tables.variants);
}

std::uint32_t variation_of(const assign::Snapshot& snapshot, const assign::Decision& decision) {
  const auto variants = variants_of(snapshot, decision.experiment);
  return static_cast<std::uint32_t>(std::ranges::find(variants, decision.variant) - variants.begin());
}

/// A page of a hostile customer must not see other variants by asking for them: only those who may read rules do.
std::vector<assign::Sticky> forced_by(const fast::Caller& caller, const assign::Snapshot& snapshot,
                                      const codec::GrowthbookReader& asked) {
  std::vector<assign::Sticky> forced;
  if (caller.kind == fast::KeyKind::client) return forced;
  for (const auto& [experiment, variation] : asked.forced()) {
    const auto variants = variants_of(snapshot, experiment);
    if (variation < variants.size()) forced.push_back({experiment, variants[variation]});
  }
  return forced;
}

/// `features` with the payload where it is written, else `features-updated`, upon which the SDK asks.
struct SayPayload {
  const GrowthbookCache* cache;
  std::pair<std::uint32_t, GrowthbookReader> whose;
  std::shared_ptr<assign::Current<GrowthbookCache::Texts>::Reader> texts;

  void operator()(const assign::Snapshot& snapshot, std::string& out) const {
    const auto version = static_cast<std::uint64_t>(snapshot.config_version());
    const auto& all = *texts->read();
    const auto found = all.find(whose);
    if (found == all.end() || found->second->config_version < version) return say_changed(version, out);
    fmt::format_to(std::back_inserter(out), "id: {}\nevent: features\ndata: {}\n\n", version, found->second->text);
  }

  static void say_changed(std::uint64_t version, std::string& out) {
    fmt::format_to(std::back_inserter(out), "id: {}\nevent: features-updated\ndata: {{}}\n\n", version);
  }
};

}  // namespace

Result<http::Response> show_growthbook(Context& context, const http::Request& request, const fast::Caller& caller) {
  const auto payload = context.growthbook.of(context.service, caller.environment, growthbook_reader(caller));
  auto response = tagged(payload->text, etag_of(payload->config_version), request);
  let_subscribe(response);
  return response;
}

void evaluate_growthbook(Context& context, const http::Request& request, const fast::Caller& caller,
                         http::Response& response) {
  codec::GrowthbookReader asked;
  if (auto read = asked.read(request.body); !read) return void(response = problem(read.error(), request.request_id));
  const auto& view = context.lane.view(request.worker);
  const auto* snapshot = view.snapshot(caller.environment);
  if (snapshot == nullptr)
    return void(response = problem({ErrorCode::unavailable, "no configuration yet", "", ""}, request.request_id));
  view.ways_asked(caller.environment)->all_in_bulk();
  const auto units = asked.units(snapshot->tables().unit_types);
  const auto forced = forced_by(caller, *snapshot, asked);
  const assign::Subject subject{units, asked.attributes(), {}, forced, view.memory(caller.environment)};
  codec::GrowthbookEvaluation evaluation(std::get<std::string>(response.body));
  assign::decide_all(*snapshot, subject, [&](const assign::Decision& decision) {
    evaluation.add(decision, variation_of(*snapshot, decision));
  });
  evaluation.finish(snapshot->config_version(), snapshot->published_at());
  let_subscribe(response);
}

/// Whoever may have results alone asks for them again.
Result<http::Stream> stream_growthbook(Context& context, const http::Request& request, const fast::Caller& caller) {
  if (caller.kind == fast::KeyKind::client)
    return config_stream(context, request, caller, request.last_event_id,
                         [](const assign::Snapshot& snapshot, std::string& out) {
                           SayPayload::say_changed(static_cast<std::uint64_t>(snapshot.config_version()), out);
                         });
  using Reader = assign::Current<GrowthbookCache::Texts>::Reader;
  return config_stream(context, request, caller, request.last_event_id,
                       SayPayload{&context.growthbook,
                                  {caller.environment, growthbook_reader(caller)},
                                  std::make_shared<Reader>(context.growthbook.texts())});
}

}  // namespace touchstone::api
