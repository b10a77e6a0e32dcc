#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/segment_rule.hpp"

namespace touchstone::codec {

/// The document: `{"key", "name"?, "description"?, "owner"?, "when": condition}` or, in place of `when`, `"list":
/// {"unit"?: type, "ids":
/// [...]}`. Set by the server: version, archived. Whether operands make sense and segments do not use each other in a
/// circle is for assign::check to say. Limits: name 200, owner 200, description 2,000 bytes.

/// Reads the body that creates one.
[[nodiscard]] Result<storage::SegmentRule> read_new_segment(std::string_view json);

/// Reads the body that changes one: members that are there replace those of `current`. Members that the server sets may
/// be there with their current value, so that a document that was fetched can be sent back.
[[nodiscard]] Result<storage::SegmentRule> read_segment_change(std::string_view json,
                                                               const storage::SegmentRule& current);

/// Reads a document of write_segment.
[[nodiscard]] Result<storage::SegmentRule> read_stored_segment(std::string_view json);

/// The whole document, canonical (RFC 8785): what is stored, hashed and answered.
[[nodiscard]] std::string write_segment(const storage::SegmentRule& segment);

}  // namespace touchstone::codec
