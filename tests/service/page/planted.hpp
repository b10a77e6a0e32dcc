#pragma once

#include "service/judge/report.hpp"

/// Reports with known verdicts, written by hand.
namespace touchstone::page {

/// A goal that is better beyond its range, a secondary, and guardrails that are safe and not ruled out; looked at as
/// often as one likes.
[[nodiscard]] judge::Report a_winner();
/// The same with a third of the treatment's units lost.
[[nodiscard]] judge::Report a_broken_split();
/// A goal inside its band of changes too small to matter, at one look at the end.
[[nodiscard]] judge::Report no_difference();
/// A goal that is not clear over all, better for one registered segment and worse for the other.
[[nodiscard]] judge::Report a_segment_split();
/// Two treatments, of which one carries `name` wherever a person may choose a name.
[[nodiscard]] judge::Report named(const std::string& name);
[[nodiscard]] judge::Report nothing_yet();

}  // namespace touchstone::page
