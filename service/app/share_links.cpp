#include "service/app/share_links.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/app/salt.hpp"
#include "service/codec/digest.hpp"

namespace touchstone::app {
namespace {

using codec::ShareLink;

constexpr std::string_view kWord = "share-link";
constexpr std::size_t kIdBegin = 7;  ///< after "b2-256:"
constexpr std::size_t kIdLength = 32;

/// Half of the token's digest.
std::string id_of(std::string_view token) { return codec::digest_of(token).substr(kIdBegin, kIdLength); }

Error ended() { return {ErrorCode::not_found, "this link does not work, or no longer", "", "Ask for another one."}; }

/// Not where it was taken back or has expired.
Result<ShareLink> read(const storage::Document& document, Time now) {
  if (document.archived) return ended();
  auto link = codec::read_stored_share(document.key, document.text);
  if (link && link->expires <= now) return ended();
  return link;
}

Result<storage::Document> document_of(const Service& service, std::uint32_t environment, std::string_view id) {
  return service.ask([&](const storage::Catalogue& catalogue) { return catalogue.document(environment, kWord, id); });
}

storage::CatalogueCommand nothing_else() {
  return [](storage::Catalogue&) { return ok(); };
}

}  // namespace

Result<NewShare> share_report(Revision& revision, std::string_view experiment, std::optional<Micros> lifetime,
                              std::string by) {
  if (const auto known = revision.find<storage::Experiment>(experiment); !known) return known.error();
  const Micros lasts = lifetime.value_or(kUsualShare);
  if (lasts < std::chrono::seconds(1) || lasts > kLongestShare)
    return Error{ErrorCode::invalid, "not within a second and 90 days", "/expires_in", "Send \"7d\"."};
  NewShare made;
  made.token = new_secret();
  made.link = {id_of(made.token), std::string(experiment),
               std::chrono::ceil<std::chrono::seconds>(revision.now() + lasts), std::move(by)};
  revision.record({kWord, made.link.id, codec::write_stored_share(made.link), false, 0}, nothing_else());
  return made;
}

Result<std::vector<ShareLink>> share_links(const Service& service, std::uint32_t environment,
                                           std::string_view experiment) {
  if (!service.agreed(environment)->experiments.contains(experiment)) return no_such("experiment", experiment);
  const auto documents =
      service.ask([&](const storage::Catalogue& catalogue) { return catalogue.documents(environment, kWord); });
  if (!documents) return documents.error();
  std::vector<ShareLink> links;
  for (const auto& document : *documents)
    if (auto link = read(document, service.now()); link && link->experiment == experiment)
      links.push_back(std::move(*link));
  std::ranges::sort(links, {}, &ShareLink::expires);
  return links;
}

Status take_back(const Service& service, std::uint32_t environment, Revision& revision, std::string_view id) {
  const auto document = document_of(service, environment, id);
  if (!document) return document.error();
  if (const auto link = read(*document, revision.now()); !link) return link.error();
  revision.record({kWord, document->key, document->text, true, document->version}, nothing_else());
  return ok();
}

Result<SharedReport> find_shared(const Service& service, std::string_view token) {
  const auto id = id_of(token);
  for (const auto environment : service.environments()) {
    const auto document = document_of(service, environment, id);
    if (!document) {
      if (document.error().code == ErrorCode::not_found) continue;
      return document.error();
    }
    auto link = read(*document, service.now());
    if (!link) return link.error();
    return SharedReport{environment, std::move(link->experiment)};
  }
  return ended();
}

}  // namespace touchstone::app
