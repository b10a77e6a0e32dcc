#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/layer.hpp"

namespace touchstone::codec {

/// The document: `{"key", "name"?, "holdout"?: "5%" or slots or [[begin, end), ...]}`; a share is taken from the end of
/// the slots. Set by the server: version, archived, salt. Limits: 1,000 ranges, name 200 bytes. Reads the body that
/// creates one.
[[nodiscard]] Result<storage::Layer> read_new_layer(std::string_view json);

/// Reads the body that changes one: members that are there replace those of `current`. Members that the server sets may
/// be there with their current value, so that a document that was fetched can be sent back.
[[nodiscard]] Result<storage::Layer> read_layer_change(std::string_view json, const storage::Layer& current);

/// Reads a document of write_layer.
[[nodiscard]] Result<storage::Layer> read_stored_layer(std::string_view json);

/// The whole document, canonical (RFC 8785): what is stored, hashed and answered.
[[nodiscard]] std::string write_layer(const storage::Layer& layer);

}  // namespace touchstone::codec
