#pragma once

#include "service/api/call.hpp"

/// The handlers of all resources; each resource is a file of its own name. The table in routes.cpp says who may call
/// which, and where it runs.
namespace touchstone::api {

// evaluate.cpp, on the event loops
void evaluate_query(Context&, const http::Request&, const fast::Caller&, http::Response&);
void evaluate_body(Context&, const http::Request&, const fast::Caller&, http::Response&);

// health.cpp, on the event loops
void show_health(Context&, const http::Request&, const fast::Caller&, http::Response&);

// events.cpp, answered after the commit
void take_events(Context&, const http::Request&, const fast::Caller&, http::Reply);

using Slow = Result<http::Response>(Context&, const http::Request&, const fast::Caller&);

// experiments.cpp
Slow create_experiment;
Slow list_experiments;
Slow show_experiment;
Slow change_experiment;
Slow start_experiment;
Slow pause_experiment;
Slow resume_experiment;
Slow stop_experiment;
Slow archive_experiment;

// flags.cpp
Slow create_flag;
Slow list_flags;
Slow show_flag;
Slow change_flag;

// layers.cpp
Slow create_layer;
Slow list_layers;
Slow show_layer;
Slow change_layer;

// metrics.cpp
Slow create_metric;
Slow list_metrics;
Slow show_metric;
Slow change_metric;

// segments.cpp
Slow create_segment;
Slow list_segments;
Slow show_segment;
Slow change_segment;

// keys.cpp
Slow create_key;
Slow list_keys;
Slow revoke_key;

// changes.cpp
Slow list_changes;

// reports.cpp
Slow show_report;

// page.cpp; who may read is theirs to say, because a browser shows a cookie and not a key
Slow show_experiments_page;
Slow show_report_page;
Slow show_style_sheet;

// snapshot.cpp
Slow show_snapshot;

// health.cpp
Slow show_readiness;
Slow show_metrics;
Slow show_version;

// setup.cpp
Slow offer_setup;
Slow redeem_setup;
Slow create_setup_link;

}  // namespace touchstone::api
