#pragma once

#include <cstdio>

namespace touchstone::cli {

/// What a stream can show.
struct Terminal {
  bool interactive = false;  ///< a person looks at it
  bool colour = false;       ///< interactive, and neither NO_COLOR nor TERM=dumb forbids it
  int width = 80;            ///< columns
};

[[nodiscard]] Terminal terminal_of(std::FILE* stream);

}  // namespace touchstone::cli
