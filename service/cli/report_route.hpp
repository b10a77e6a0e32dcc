#pragma once

#include "service/api/page.hpp"
#include "service/app/service.hpp"
#include "service/http/route.hpp"

namespace touchstone::cli {

/// GET /local/reports/{key}?form=&width=&colour=&truth=&as_of=&until=: the report as `touchstone report` prints or
/// writes it (form: text, html, csv or md), so that a command beside a running server draws from the same object. Over
/// the private socket only; for anybody else there is no such thing.
[[nodiscard]] http::Route report_route(app::Service& service, api::Truths truths = {});

}  // namespace touchstone::cli
