#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "assign/instant.hpp"

namespace touchstone::sdk {

/// How a Client works. Only `address` and `key` need to be given.
struct Options {
  std::string address{};  ///< "https://ab.example.org"; empty: offline, what `bootstrap` or `cache_file` holds decides
  std::string key{};      ///< of kind sdk, server or admin: a client key may not read rules
  std::string bootstrap{};              ///< a snapshot document to start from; whatever the server says replaces it
  std::filesystem::path cache_file{};   ///< keeps the last configuration for a start without the server; empty: none
  std::filesystem::path authorities{};  ///< PEM of those who may sign the server's certificate; empty: the system's
  std::chrono::milliseconds connect_within{3'000};
  std::chrono::milliseconds answer_within{10'000};

  bool stream = true;                              ///< be told of changes; otherwise and meanwhile, ask
  std::chrono::seconds stream_silence{45};         ///< three heartbeats: after that the stream counts as broken
  std::chrono::milliseconds poll_every{30'000};    ///< while there is no stream; ten times that beside one
  std::chrono::milliseconds stale_after{120'000};  ///< without word from the server the configuration counts as stale

  std::size_t most_waiting = 10'000;  ///< events; more are dropped and counted
  std::size_t batch = 500;            ///< events of one request, 1 to 1,000
  std::chrono::milliseconds flush_every{1'000};
  bool gzip = true;                            ///< compress bodies of 1 KiB and more
  std::chrono::milliseconds retry_from{250};   ///< the first retry comes within this, the next within twice that
  std::chrono::milliseconds retry_to{30'000};  ///< and never later; a Retry-After is waited for on top, up to an hour
  std::chrono::milliseconds close_within{3'000};  ///< what the destructor grants the last events

  std::function<assign::Instant()> now{};  ///< the clock that stamps events; by default the system's
};

}  // namespace touchstone::sdk
