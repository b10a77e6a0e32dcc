#pragma once

#include <string_view>

#include "service/app/agreements.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/flag_json.hpp"
#include "service/codec/layer_json.hpp"
#include "service/codec/metric_json.hpp"
#include "service/codec/segment_json.hpp"

namespace touchstone::app {

/// What the five kinds of things that can be agreed have in common: their word in the catalogue, their place in
/// Agreements, and how their documents are read and written.
template <class T>
struct Entity;

template <>
struct Entity<storage::Experiment> {
  static constexpr std::string_view word = "experiment";
  static constexpr auto all = &Agreements::experiments;
  static constexpr auto read_new = codec::read_new_experiment;
  static constexpr auto read_change = codec::read_experiment_change;
  static constexpr auto read_stored = codec::read_stored_experiment;
  static constexpr auto write = codec::write_experiment;
  static bool archived(const storage::Experiment& experiment) {
    return experiment.state == storage::ExperimentState::archived;
  }
};

template <>
struct Entity<storage::Flag> {
  static constexpr std::string_view word = "flag";
  static constexpr auto all = &Agreements::flags;
  static constexpr auto read_new = codec::read_new_flag;
  static constexpr auto read_change = codec::read_flag_change;
  static constexpr auto read_stored = codec::read_stored_flag;
  static constexpr auto write = codec::write_flag;
  static bool archived(const storage::Flag& flag) { return flag.archived; }
};

template <>
struct Entity<storage::Layer> {
  static constexpr std::string_view word = "layer";
  static constexpr auto all = &Agreements::layers;
  static constexpr auto read_new = codec::read_new_layer;
  static constexpr auto read_change = codec::read_layer_change;
  static constexpr auto read_stored = codec::read_stored_layer;
  static constexpr auto write = codec::write_layer;
  static bool archived(const storage::Layer& layer) { return layer.archived; }
};

template <>
struct Entity<storage::Metric> {
  static constexpr std::string_view word = "metric";
  static constexpr auto all = &Agreements::metrics;
  static constexpr auto read_new = codec::read_new_metric;
  static constexpr auto read_change = codec::read_metric_change;
  static constexpr auto read_stored = codec::read_stored_metric;
  static constexpr auto write = codec::write_metric;
  static bool archived(const storage::Metric&) { return false; }
};

template <>
struct Entity<storage::SegmentRule> {
  static constexpr std::string_view word = "segment";
  static constexpr auto all = &Agreements::segments;
  static constexpr auto read_new = codec::read_new_segment;
  static constexpr auto read_change = codec::read_segment_change;
  static constexpr auto read_stored = codec::read_stored_segment;
  static constexpr auto write = codec::write_segment;
  static bool archived(const storage::SegmentRule& segment) { return segment.archived; }
};

}  // namespace touchstone::app
