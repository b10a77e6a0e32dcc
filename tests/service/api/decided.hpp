#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {

/// Starts an experiment `checkout` of arms `a` and `b` that were assigned elsewhere, in which 400 people each met an
/// arm and `buyers_of_b` in a hundred of those in `b` bought, beside `buyers_of_a` of the others.
inline void run_checkout(Running& running, int buyers_of_a, int buyers_of_b) {
  running.post("/v1/metrics", R"({"key":"bought","kind":"proportion","event":"purchase"})");
  running.post("/v1/experiments",
               R"({"key":"checkout","name":"Checkout","scheme":"external","exposure":"client","sticky":{},)"
               R"("variants":[{"key":"a"},{"key":"b"}],"plan":{"metrics":[{"metric":"bought"}],)"
               R"("method":{"id":"fixed-horizon"},"horizon":{"units":800}}})");
  ASSERT_EQ(running.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
  std::string events;
  for (int i = 0; i < 800; ++i) {
    const bool in_b = i % 2 == 1;
    const auto person = R"(","unit":"person-)" + std::to_string(i) + R"(","ts":"2026-01-02T00:00:00Z")";
    events += R"({"type":"exposure","experiment":"checkout","variant":")" + std::string(in_b ? "b" : "a") +
              R"(","id":"x)" + std::to_string(i) + person + "}\n";
    if (i / 2 % 100 < (in_b ? buyers_of_b : buyers_of_a))
      events += R"({"type":"event","name":"purchase","id":"p)" + std::to_string(i) + person + "}\n";
  }
  const auto half = events.find('\n', events.size() / 2) + 1;
  for (const auto& part : {events.substr(0, half), events.substr(half)})
    ASSERT_EQ(running.post("/v1/events", part).status, 200);
}

}  // namespace touchstone::api
