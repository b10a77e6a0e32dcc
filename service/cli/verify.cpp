#include "service/cli/verify.hpp"

#include <string>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/line_reader.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::cli {
namespace {

std::string_view text_of(codec::JsonView object, std::string_view key) {
  const auto value = object.find(key);
  return value ? value->text().value_or("") : "";
}

bool flag_of(codec::JsonView object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->boolean().value_or(false);
}

std::string_view said_of_signature(std::string_view state) {
  if (state == "ours") return "signed here, and unchanged since";
  if (state == "foreign") return "signed by another installation, and unchanged since";
  if (state == "broken") return "the document was changed after it was signed";
  return "the document is not signed";
}

std::string_view or_nothing(std::string_view text) { return text.empty() ? "nothing" : text; }

void print_differences(codec::JsonView item, std::string_view one, std::string_view other) {
  const auto differences = item.find("differences");
  if (!differences) return;
  for (const auto& difference : differences->elements())
    fmt::print("  {}: {} has {}, {} has {}\n", text_of(difference, "pointer"), one,
               or_nothing(text_of(difference, one)), other, or_nothing(text_of(difference, other)));
}

std::string said_of_erasures(codec::JsonView answer) {
  const auto units = answer.find("erased");
  const auto count = units ? units->natural().value_or(0) : 0;
  return count == 0 ? "" : fmt::format("{} erased unit{} since", count, count == 1 ? "" : "s");
}

std::string conclusion(codec::JsonView answer) {
  if (flag_of(answer, "holds")) return "recomputed from the journal, and the same";
  const auto erased = said_of_erasures(answer);
  if (flag_of(answer, "changed_by_erasure"))
    return fmt::format("changed by {}, and by nothing else: its events are those of the journal and theirs", erased);
  return erased.empty() ? "NOT what the journal says"
                        : fmt::format("NOT what the journal says, and not only by {}", erased);
}

void print_verification(codec::JsonView answer) {
  fmt::print("{}: {}\n", text_of(answer, "experiment"), conclusion(answer));
  fmt::print("signature      {}\n", said_of_signature(text_of(answer, "signature")));
  for (const std::string_view part : {"configuration", "events", "results"})
    fmt::print("{:<14} {}\n", part, text_of(answer, part));
  fmt::print("program        {}, recomputed by {}\n", or_nothing(text_of(answer, "program")),
             text_of(answer, "program_here"));
  print_differences(answer, "document", "journal");
}

void print_proofs(codec::JsonView answer) {
  const auto items = answer.find("items");
  if (!items) return;
  for (const auto& item : items->elements()) {
    fmt::print("{:<8} {}/{}  {}\n", flag_of(item, "same") ? "same" : "DIFFERS", text_of(item, "environment"),
               text_of(item, "experiment"), text_of(item, "results"));
    print_differences(item, "live", "recomputed");
  }
  fmt::print("{} experiments recomputed from the journal\n", items->size());
}

bool all_same(codec::JsonView answer) {
  const auto items = answer.find("items");
  if (!items) return false;
  for (const auto& item : items->elements())
    if (!flag_of(item, "same")) return false;
  return true;
}

/// Asks, and shows the answer by `show` or as it is; `judge` says whether all is well.
template <class Show, class Judge>
int ask(const std::string& data, const std::string& target, const std::string& body, bool json, Show show,
        Judge judge) {
  auto client = OperatorClient::open(data);
  if (!client) return complain(client.error());
  const auto answer = client->post(target, body);
  if (!answer) return complain(answer.error());
  codec::JsonDocument document;
  if (auto read = document.read(*answer); !read) return complain(read.error());
  if (json)
    fmt::print("{}", codec::pretty_json(*answer));
  else
    show(document.root());
  return judge(document.root()) ? exit_ok : exit_check_failed;
}

}  // namespace

int run_verify(const VerifyOptions& options) {
  const auto report = read_whole(options.file);
  if (!report) return complain(report.error());
  return ask(options.data, "/local/verify", *report, options.json, print_verification,
             [](codec::JsonView answer) { return flag_of(answer, "holds") || flag_of(answer, "changed_by_erasure"); });
}

int run_rebuild(const RebuildOptions& options) {
  return ask(options.data, "/local/rebuild", "", options.json, print_proofs, all_same);
}

}  // namespace touchstone::cli
