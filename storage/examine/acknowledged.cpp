#include "storage/acknowledged.hpp"

#include "storage/catalogue.hpp"
#include "storage/examine/parts.hpp"
#include "storage/journal.hpp"

namespace touchstone::storage::examination {
namespace {

Result<Acknowledged::Numbers> numbers_in(const std::filesystem::path& directory) {
  const auto event = JournalReader(directory).last_seq();
  if (!event) return event.error();
  const auto catalogue = Catalogue::read(directory);
  if (!catalogue) return catalogue.error();
  const auto change = (*catalogue)->last_change();
  if (!change) return change.error();
  return Acknowledged::Numbers{*event, *change};
}

}  // namespace

void examine_acknowledged(const std::filesystem::path& directory, Findings& findings) {
  const auto promised = Acknowledged::in(directory);  // before the databases, which a writer may take further
  if (!promised) return;
  const auto found = numbers_in(directory);
  if (!found) return;  // whoever cannot be read was told of
  findings.push_back(told("acknowledged", Acknowledged::check(directory, promised, *found),
                          "what was acknowledged last is there", ""));
}

}  // namespace touchstone::storage::examination
