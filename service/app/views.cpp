#include "service/app/views.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace touchstone::app {
namespace {

using codec::View;

constexpr std::string_view kWord = "view";

struct StoredView {
  View view;
  std::uint32_t version = 0;
  bool gone = false;
};

bool may_see(const View& view, std::string_view person) { return view.shared || view.owner == person; }

storage::CatalogueCommand nothing_else() {
  return [](storage::Catalogue&) { return ok(); };
}

Result<std::vector<StoredView>> all_of(const Service& service, std::uint32_t environment) {
  const auto documents =
      service.ask([&](const storage::Catalogue& catalogue) { return catalogue.documents(environment, kWord); });
  if (!documents) return documents.error();
  std::vector<StoredView> all;
  for (const auto& document : *documents) {
    auto view = codec::read_stored_view(document.key, document.text);
    if (!view) return view.error();
    all.push_back({std::move(*view), document.version, document.archived});
  }
  return all;
}

}  // namespace

Result<std::vector<View>> views(const Service& service, std::uint32_t environment, std::string_view person) {
  auto all = all_of(service, environment);
  if (!all) return all.error();
  std::vector<View> seen;
  for (auto& stored : *all)
    if (!stored.gone && may_see(stored.view, person)) seen.push_back(std::move(stored.view));
  std::ranges::sort(seen, {}, [](const View& view) { return std::pair(view.name, view.key); });
  return seen;
}

Result<View> put_view(const Service& service, std::uint32_t environment, Revision& revision, View view) {
  const auto all = all_of(service, environment);
  if (!all) return all.error();
  const auto before = std::ranges::find(*all, view.key, [](const StoredView& stored) { return stored.view.key; });
  const bool known = before != all->end() && !before->gone;
  if (known && !may_see(before->view, view.owner))
    return Error{ErrorCode::conflict, "somebody else has a view of this key", "/key", "Choose another key."};
  if (!known && std::ranges::count(*all, false, &StoredView::gone) >= static_cast<std::ptrdiff_t>(kMostViews))
    return Error{ErrorCode::conflict, "there are 200 views", "", "Delete one that nobody uses."};
  if (known) view.owner = before->view.owner;
  revision.record({kWord, view.key, codec::write_stored_view(view), false, before == all->end() ? 0 : before->version},
                  nothing_else());
  return view;
}

Status delete_view(const Service& service, std::uint32_t environment, Revision& revision, std::string_view key,
                   std::string_view person) {
  const auto all = all_of(service, environment);
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, key, [](const StoredView& stored) { return stored.view.key; });
  if (found == all->end() || found->gone || !may_see(found->view, person)) return no_such("view", key);
  revision.record({kWord, found->view.key, codec::write_stored_view(found->view), true, found->version},
                  nothing_else());
  return ok();
}

}  // namespace touchstone::app
