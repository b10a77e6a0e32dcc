#pragma once

#include "service/api/call.hpp"

/// The handlers of all resources; each resource is a file of its own name. The table in routes.cpp says who may call
/// which, and where it runs.
namespace touchstone::api {

// evaluate.cpp, on the event loops
void evaluate_query(Context&, const http::Request&, const fast::Caller&, http::Response&);
void evaluate_body(Context&, const http::Request&, const fast::Caller&, http::Response&);

// ofrep.cpp, on the event loops
void evaluate_ofrep_flag(Context&, const http::Request&, const fast::Caller&, http::Response&);
void evaluate_ofrep_flags(Context&, const http::Request&, const fast::Caller&, http::Response&);

// health.cpp, on the event loops
void show_health(Context&, const http::Request&, const fast::Caller&, http::Response&);

// events.cpp, answered after the commit
void take_events(Context&, const http::Request&, const fast::Caller&, const http::Reply&);
void take_ofrep_events(Context&, const http::Request&, const fast::Caller&, const http::Reply&);
void track_growthbook(Context&, const http::Request&, const fast::Caller&, const http::Reply&);

using Slow = Result<http::Response>(Context&, const http::Request&, const fast::Caller&);
using Repeatable = Result<http::Response>(Context&, const http::Request&, const fast::Caller&, const Once&);

// stream.cpp, on the event loops
using Listen = Result<http::Stream>(Context&, const http::Request&, const fast::Caller&);
Listen stream_config;
Listen stream_refetches;

// live.cpp, opened in the pool
Listen stream_live;

// growthbook.cpp
Slow show_growthbook;
Listen stream_growthbook;
void evaluate_growthbook(Context&, const http::Request&, const fast::Caller&, http::Response&);

// explain.cpp
Slow explain_query;
Slow explain_body;

// experiments.cpp
Repeatable create_experiment;
Slow list_experiments;
Slow show_experiment;
Slow change_experiment;
Slow plan_experiment_change;
Repeatable start_experiment;
Repeatable pause_experiment;
Repeatable resume_experiment;
Repeatable stop_experiment;
Repeatable archive_experiment;

// preflight.cpp
Slow show_preflight;

// previews.cpp
Slow create_preview_link;
Slow size_up_experiment;

// flags.cpp
Repeatable create_flag;
Slow list_flags;
Slow show_flag;
Slow change_flag;

// layers.cpp
Repeatable create_layer;
Slow list_layers;
Slow show_layer;
Slow change_layer;

// metrics.cpp
Repeatable create_metric;
Slow list_metrics;
Slow show_metric;
Slow change_metric;
Slow show_sensitivity;

// segments.cpp
Repeatable create_segment;
Slow list_segments;
Slow show_segment;
Slow change_segment;
Slow show_segment_count;
Slow count_condition;

// environment.cpp
Slow show_environment;
Slow change_environment;

// views.cpp
Slow list_views;
Slow put_view;
Slow delete_view;

// ledger.cpp
Slow show_ledger;

// latest_events.cpp
Slow list_events;

// erasures.cpp
Slow erase_unit;
Slow show_erasure;
Slow lift_erasure;

// retention.cpp
Slow show_retention;
Slow change_retention;
Slow apply_retention;

// quarantine.cpp
Slow list_quarantined;
Slow replay_quarantined;

// keys.cpp
Repeatable create_key;
Slow list_keys;
Slow revoke_key;

// changes.cpp
Slow list_changes;

// reports.cpp
Slow show_report;
Slow show_interactions;
Slow show_survival;

// portfolio.cpp
Slow show_portfolio;

// decisions.cpp
Slow list_decisions;
Repeatable record_decision;

// shares.cpp
Slow list_shares;
Repeatable share_report;
Slow take_back_share;
Slow show_shared_report;

// exports.cpp, for browsers too
Slow export_report_csv;
Slow export_report_json;
Slow export_report_markdown;
Slow export_report_html;

// page.cpp
Slow show_experiments_page;
Slow show_report_page;

// console.cpp
Slow show_console;
Slow show_asset;

// openapi.cpp, docs.cpp
Slow show_openapi;
Slow show_docs;

// snapshot.cpp
Slow show_snapshot;

// health.cpp
Slow show_readiness;
Slow show_metrics;
Slow show_version;

// setup.cpp
Slow offer_setup;
Slow redeem_setup;
Repeatable create_setup_link;

// join.cpp
Slow offer_join;
Slow redeem_join;

// sign_in.cpp
Slow show_sign_in;
Slow sign_in;

// people.cpp
Slow list_people;
Slow invite_person;
Slow change_person;
Slow link_person;

// me.cpp
Slow show_me;
Slow list_sessions;
Slow end_session;
Slow end_sessions;
Slow change_password;

}  // namespace touchstone::api
