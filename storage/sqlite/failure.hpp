#pragma once

#include <stdexcept>
#include <string>

#include "assign/result.hpp"

namespace touchstone::storage::sqlite {

/// What SQLite refused. Thrown inside storage only; its public functions answer with an Error (see `answering`).
class Failure : public std::runtime_error {
 public:
  Failure(int code, const std::string& text) : std::runtime_error(text), code_(code) {}

  [[nodiscard]] int code() const noexcept { return code_; }

 private:
  int code_;
};

/// Damage is internal and names the file; everything else is unavailable: a disk that refuses may recover.
[[nodiscard]] Error error_of(const Failure& failure);

/// Runs `work`, which gives a Result, and turns a Failure into its Error.
template <class Work>
auto answering(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Failure& failure) {
    return error_of(failure);
  }
}

}  // namespace touchstone::storage::sqlite
