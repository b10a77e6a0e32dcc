#include "service/cli/survival.hpp"

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/survival_text.hpp"
#include "service/cli/table_reader.hpp"
#include "service/codec/stay_table.hpp"
#include "service/codec/survival_json.hpp"

namespace touchstone::cli {

int run_survival(const SurvivalOptions& options) {
  const auto named = column_names(options.columns);
  if (!named) return complain(named.error());
  const auto table = read_table<codec::StayTable>(options.file, *named);
  if (!table) return complain(table.error());
  const auto study = table->study(options.control);
  if (!study) return complain(study.error());
  const auto judgement = judge::judge_survival(*study, options.alpha);
  if (options.json)
    fmt::print("{}\n", codec::write_survival(*study, judgement));
  else
    fmt::print("{}", survival_text(*study, judgement, options.alpha));
  return exit_ok;
}

}  // namespace touchstone::cli
