#pragma once

#include <vector>

#include "service/app/service.hpp"
#include "service/http/route.hpp"

namespace touchstone::cli {

/// What commands ask of whoever serves the directory, over the private socket only; for anybody else there is no such
/// thing:
///
/// POST /local/backups   {"target": DIRECTORY}  -> {"target", "last_seq", "files", "bytes"}
/// POST /local/verify    a report document      -> what became of it, recomputed
/// POST /local/rebuild                          -> every live report beside the recomputed one
[[nodiscard]] std::vector<http::Route> journal_routes(app::Service& service);

}  // namespace touchstone::cli
